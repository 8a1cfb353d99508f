//! One public function for each command.
