//! Names of documents and of columns: what a headline is by its last word.
//!
//! ```text
//! 中华人民共和国和…联合声明    the name of a document
//! 第七十七号                    its number
//! 國內專電                      a column of short items
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::unbracketed;
use crate::dateline;
use crate::mark::is_space;

/// How the names of documents end.
const GENRES: [&str; 113] = [
    "广告",
    "廣告",
    "告白",
    "誓言",
    "的谈话",
    "的談話",
    "开栏的话",
    "编者的话",
    "演詞",
    "演词",
    "遺囑",
    "遗嘱",
    "回信",
    "覆信",
    "更正",
    "啟事",
    "佈告",
    "通告",
    "訓令",
    "公函",
    "规程",
    "規程",
    "简章",
    "簡章",
    "辦法",
    "決議案",
    "快邮代电",
    "快郵代電",
    "办法",
    "細則",
    "细则",
    "守则",
    "公约",
    "声明",
    "宣言",
    "公报",
    "倡议",
    "决议",
    "决定",
    "通知",
    "纲要",
    "规划",
    "意见",
    "条例",
    "讲话",
    "致辞",
    "演讲",
    "贺信",
    "贺电",
    "报告",
    "公告",
    "协定",
    "条约",
    "章程",
    "書",
    "宣言書",
    "通電",
    "啓事",
    "布告",
    "聲明",
    "公報",
    "倡議",
    "決議",
    "決定",
    "綱要",
    "規劃",
    "意見",
    "條例",
    "講話",
    "致辭",
    "致詞",
    "演講",
    "演說",
    "演说",
    "讲演",
    "講演",
    "訓詞",
    "训词",
    "賀信",
    "賀電",
    "報告",
    "公約",
    "協定",
    "條約",
    "通电",
    "唁电",
    "唁電",
    "慰问电",
    "慰問電",
    "来电",
    "來電",
    "复电",
    "覆電",
    "誓词",
    "誓詞",
    "祝酒词",
    "祝酒詞",
    "主席令",
    "总统令",
    "總統令",
    "训令",
    "指令",
    "告示",
    "讣告",
    "訃告",
    "启事",
    "一封信",
    "公开信",
    "公開信",
    "献词",
    "獻詞",
    "贺词",
    "賀詞",
];

/// The same, by their last character.
static GENRES_BY_END: LazyLock<HashMap<char, Vec<&str>, FixedState>> = LazyLock::new(|| {
    let mut by_end: HashMap<char, Vec<&str>, FixedState> = HashMap::default();
    for genre in GENRES {
        by_end.entry(genre.chars().next_back().unwrap_or_default()).or_default().push(genre);
    }
    by_end
});

/// A line that ends as the titles of documents and of articles about them do: …联合声明, …的倡议（摘要）
#[must_use]
pub fn names_document(text: &str) -> bool {
    /// The words with which letters and telegrams are named, where the line says to whom they go: 復袁世凱歡迎其來南京電
    const SENT: [char; 5] = ['电', '電', '函', '书', '書'];
    let plain = unbracketed(text);
    // Most lines end with another character than any of these.
    let Some(last) = plain.chars().next_back() else { return false };
    let genres = GENRES_BY_END.get(&last).map_or(&[][..], Vec::as_slice);
    // 公告: a notice may be called no more than that.
    if genres.contains(&plain) {
        return true;
    }
    let named = genres.iter().any(|genre| plain.ends_with(genre));
    let sent = || plain.ends_with(SENT) && (plain.starts_with(['复', '復', '覆', '致']) || names_receiver(plain));
    let is_telling = plain.ends_with(['电', '電', '令', '词', '詞', '囑', '嘱']) || plain.ends_with("宣言");
    // 特此登報聲明 closes a notice and names none.
    (named || sent()) && !plain.contains("特此") && plain.chars().count() >= if is_telling { 4 } else { 6 }
}

/// 北岭国务院致各省电: from whom and to whom, and not 引致…, 以致….
fn names_receiver(line: &str) -> bool {
    let Some((sender, receiver)) = line.split_once('致') else { return false };
    (2..=12).contains(&sender.chars().count())
        && receiver.chars().count() >= 2
        && !sender.ends_with(['以', '导', '導', '引', '一', '招', '兴', '興', '极', '極'])
}

/// Whether a headline is that of a column of short items: 國內專電, 本埠瑣聞
#[must_use]
pub fn heads_column(text: &str) -> bool {
    const LONGEST: usize = 6;
    const COLUMNS: [&str; 20] = [
        "简讯",
        "簡訊",
        "快讯",
        "快訊",
        "專電",
        "专电",
        "要電",
        "要电",
        "電訊",
        "电讯",
        "要聞",
        "要闻",
        "瑣聞",
        "琐闻",
        "通信",
        "市況",
        "市况",
        "商情",
        "雜訊",
        "隨感錄",
    ];
    let plain = unbracketed(text);
    plain.chars().count() <= LONGEST && COLUMNS.iter().any(|column| plain.ends_with(column))
}

/// Whether a line is the number under the name of an order, and no more: 第七十七号
#[must_use]
pub fn numbers_document(text: &str) -> bool {
    let number = text.trim_matches(is_space).strip_prefix('第').and_then(|rest| rest.strip_suffix(['号', '號']));
    let counts = |c| is_space(c) || dateline::is_numeral(c) || c == '百';
    number.is_some_and(|number| !number.is_empty() && number.chars().all(counts))
}
