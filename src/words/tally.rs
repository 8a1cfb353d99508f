//! How often each of many numbers is met, without sorting them.

/// A place for every number that there is, and a list of those that were met: used again and again, emptied at the cost of
/// what was counted.
#[derive(Debug)]
pub struct Tally {
    times: Vec<u32>,
    met: Vec<u32>,
}

impl Tally {
    /// For numbers below `limit`; others are not counted.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { times: vec![0; limit], met: Vec::new() }
    }

    pub fn meet(&mut self, number: u32) {
        let Some(times) = self.times.get_mut(number as usize) else { return };
        if *times == 0 {
            self.met.push(number);
        }
        *times += 1;
    }

    /// Every number that was met and how often, in the order in which they were first met; nothing is counted afterwards.
    pub fn drain(&mut self) -> impl Iterator<Item = (u32, u32)> {
        let Self { times, met } = self;
        met.drain(..).filter_map(|number| Some((number, std::mem::take(times.get_mut(number as usize)?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_not_counted_again() {
        let mut tally = Tally::new(4);
        for number in [3, 1, 3, 9] {
            tally.meet(number);
        }
        assert_eq!(tally.drain().collect::<Vec<_>>(), [(3, 2), (1, 1)]);
        tally.meet(3);
        assert_eq!(tally.drain().collect::<Vec<_>>(), [(3, 1)]);
    }
}
