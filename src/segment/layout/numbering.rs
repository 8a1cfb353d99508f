//! Numbers of paragraphs: whether one is the next of its kind.
//!
//! ```text
//! 一、应对方邀请，…    二、双方积极评价…    goes on: no article begins here
//! ```

use crate::dateline;
use crate::repair::is_enumerator;

/// The last number of each way of numbering.
#[derive(Debug, Default)]
pub struct Numbering(Vec<((char, char), u32)>);

impl Numbering {
    /// Takes in the next text: whether its number is the next of its kind, as 三、 is after 二、.
    pub fn goes_on(&mut self, text: &str) -> bool {
        let Some((way, number)) = ordinal(text) else { return false };
        if let Some((_, last)) = self.0.iter_mut().find(|(known, _)| *known == way) {
            return std::mem::replace(last, number).checked_add(1) == Some(number);
        }
        self.0.push((way, number));
        false
    }
}

/// 三、 （三） 第三， 3.: the marks around the number, and the number.
fn ordinal(text: &str) -> Option<((char, char), u32)> {
    if !is_enumerator(text) {
        return None;
    }
    let inner = text.trim_start_matches(['第', '（', '(']);
    let before = if inner.len() < text.len() { text.chars().next()? } else { ' ' };
    let digits: Vec<char> = inner.chars().take_while(|&c| dateline::is_numeral(c)).collect();
    let after = inner.chars().nth(digits.len())?;
    Some(((before, after), dateline::value(&digits).filter(|_| !digits.is_empty())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_of_its_kind_goes_on() {
        let mut numbering = Numbering::default();
        let texts = ["一、应邀", "（一）深化", "二、双方", "（三）扩大", "四、双方", "五、双方", "双方同意"];
        let goes_on = texts.map(|text| numbering.goes_on(text));
        assert_eq!(goes_on, [false, false, true, false, false, true, false]);
    }
}
