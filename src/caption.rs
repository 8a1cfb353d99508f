//! The words under a picture, known by the credit that closes them.
//!
//! ```text
//! 图为7月3日，学生展示录取通知书。新华社发      a caption
//! 新华社发表评论员文章。                        none
//! ```

use crate::mark::{is_closing, is_opening, is_space, is_terminal};

/// The credits that close a caption.
const CREDITS: [&str; 12] =
    ["摄", "攝", "摄影", "攝影", "供图", "新华社发", "社发", "资料图片", "资料照片", "影像中国", "图片", "视觉中国"];

/// Whether a whole paragraph reads as the words under a picture.
#[must_use]
pub fn is_caption(text: &str) -> bool {
    let plain: String = text.chars().filter(|&c| !is_space(c)).collect();
    let length = plain.chars().count();
    if !(6..=260).contains(&length) {
        return false;
    }
    let inner = plain.trim_end_matches(|c| is_closing(c) || is_terminal(c));
    let credited = CREDITS.iter().any(|credit| inner.ends_with(credit)) && has_credit_break(inner);
    let pointing = ["图为", "圖為", "上图", "下图", "左图", "右图", "图①", "图1", "图一", "上圖", "下圖"];
    credited || (length <= 160 && pointing.iter().any(|p| plain.starts_with(p)))
}

/// A credit stands after a sentence or in brackets, not at the end of one: 新华社记者　鞠鹏摄
fn has_credit_break(text: &str) -> bool {
    let tail: String = text.chars().rev().take(24).collect();
    let Some(cut) = tail.find(|c| is_terminal(c) || is_opening(c)) else { return text.chars().count() < 24 };
    !tail.get(..cut).unwrap_or("").contains(['，', ',', '；'])
}

#[cfg(test)]
mod tests {
    use super::is_caption;

    #[test]
    fn credits_close_captions() {
        assert!(is_caption("图为7月3日，学生展示录取通知书。新华社发"));
        assert!(is_caption("7月4日，一名参观者举起水袋。（新华社 发）"));
        assert!(!is_caption("新华社发表评论员文章。"));
    }
}
