//! Which quotations and brackets are open where a line ends: there a paragraph hardly ends.
//!
//! ```text
//! 他说：“各国都安全，     one is open
//! 才有真安全。”           none
//! ```

use crate::mark::is_closing;

/// The quotations and brackets that are open, followed through the lines.
#[derive(Debug, Default)]
pub struct Open {
    stack: Vec<char>,
    /// Lines since the outermost was opened.
    age: u32,
}

impl Open {
    /// A quotation that is still open after so many lines was never closed.
    const OLDEST: u32 = 14;

    pub fn step(&mut self, c: char) {
        if let Some(close) = partner(c) {
            if self.stack.is_empty() {
                self.age = 0;
            }
            if self.stack.len() < 8 {
                self.stack.push(close);
            }
        } else if is_closing(c)
            && let Some(depth) = self.stack.iter().rposition(|&close| close == c)
        {
            self.stack.truncate(depth);
        }
    }

    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.stack.is_empty()
    }

    pub fn end_line(&mut self) {
        self.age += 1;
        if self.age > Self::OLDEST {
            self.stack.clear();
        }
    }
}

fn partner(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        '（' => '）',
        '(' => ')',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    })
}
