//! Marks of the trade: what a printed line is by its wording alone.
//!
//! ```text
//! （上接第二版）反对任何形式的…      continued from page 2
//! 中华人民共和国和…联合声明          the name of a document
//! （2024年7月4日，阿斯塔纳）         date and place under a headline
//! ```

mod genre;

use arrayvec::ArrayVec;

use crate::dateline;
use crate::mark::{is_closing, is_han, is_opening, is_space, is_terminal, start};

pub use genre::{heads_column, names_document, numbers_document};

/// `（上接第二版）` at the start of a text: its length in characters, and the page in digits.
#[must_use]
pub fn continued_from(text: &str) -> Option<(usize, Option<u32>)> {
    bracketed(text, &["上接", "紧接", "接上", "续"])
}

/// `（下转第三版）` at the end of a text: the character it starts at.
#[must_use]
pub fn continued_on(text: &str) -> Option<usize> {
    if !text.ends_with(['）', ')', '】']) {
        return None;
    }
    let open = text.rfind(['（', '(', '【'])?;
    let tail = text.get(open..)?;
    let (length, _) = bracketed(tail, &["下转", "转"])?;
    (length == tail.chars().count()).then(|| text.get(..open).unwrap_or("").chars().count())
}

fn bracketed(text: &str, words: &[&str]) -> Option<(usize, Option<u32>)> {
    let inner = text.strip_prefix(['（', '(', '【'])?;
    let close = inner.find(['）', ')', '】'])?;
    let inner = inner.get(..close)?;
    let rest = words.iter().find_map(|w| inner.strip_prefix(w))?;
    let length = inner.chars().count();
    (length <= 14 && rest.contains(PAGE_WORDS)).then(|| (length + 2, page_named(rest, &PAGE_WORDS)))
}

/// What a mark of continuation calls a page.
pub const PAGE_WORDS: [char; 4] = ['版', '页', '頁', '面'];

/// The number that stands before the first of `words`: 第三版 is page 3.
#[must_use]
pub fn page_named(text: &str, words: &[char]) -> Option<u32> {
    let before = text.get(..text.find(words)?)?.trim_end_matches(is_space);
    let digits: Vec<char> = before.get(before.trim_end_matches(dateline::is_numeral).len()..)?.chars().collect();
    dateline::value(&digits).filter(|_| !digits.is_empty())
}

/// Characters of a day and a place.
const LONGEST_DATE: usize = 31;

/// A line that is a date, perhaps with a place: （2024年7月4日，阿斯塔纳） 2024年7月5日于杜尚别
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    if is_provenance(text) {
        return true;
    }
    let is_part = |c: char| matches!(c, '夜' | '晨' | '晚');
    let is_short = text.len() <= LONGEST_DATE * char::MAX.len_utf8();
    if !text.contains('日') {
        // 十月十九夜，舟中
        return is_short
            && text.contains(is_part)
            && text.contains('月')
            && is_date_line(&text.replacen(is_part, "日", 1));
    }
    if is_adoption(text) {
        return true;
    }
    let is_printed = |c: char| is_han(c) || !is_space(c) && !is_opening(c) && !is_closing(c);
    let plain: ArrayVec<char, LONGEST_DATE> = text.chars().filter(|&c| is_printed(c)).take(LONGEST_DATE).collect();
    if plain.is_full() {
        return false;
    }
    let Some((_, _, _, used)) = dateline::date(&plain) else {
        return ends_with_date(&plain);
    };
    let rest: String = plain.get(used..).unwrap_or_default().iter().collect();
    rest.chars().all(is_terminal)
        || rest.starts_with(['，', ',', '于', '於', '在', '、'])
            && rest.chars().count() <= 12
            && !rest.contains(['。', '；'])
}

/// Where a text was taken from, and perhaps when: 来源：新华社　2024年07月05日08:12
fn is_provenance(text: &str) -> bool {
    /// Bytes of the longest.
    const LONGEST: usize = 48 * 3;
    text.len() <= LONGEST
        && ["来源：", "來源：", "来源:"].iter().any(|word| text.contains(word))
        && !text.contains(['。', '；'])
}

/// When a law was passed and since when it holds, under its title: （2020年6月3日…通过，自2020年9月1日起施行）
#[must_use]
pub fn is_adoption(text: &str) -> bool {
    let inner = text.trim_matches(is_space).strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let adopts = ["通过", "通過", "施行", "公布", "发布", "修订", "修正"];
    inner.is_some_and(|inner| {
        inner.starts_with(dateline::is_numeral)
            && inner.chars().count() <= 80
            && !inner.contains('。')
            && adopts.iter().any(|word| inner.contains(word))
    })
}

fn ends_with_date(plain: &[char]) -> bool {
    (1..plain.len().min(14)).any(|i| {
        plain
            .get(i..)
            .and_then(dateline::date)
            .is_some_and(|(year, _, _, used)| year.is_some() && i + used == plain.len())
    })
}

/// A headline without the note that the text is all of it: 在大会上的讲话（全文）
#[must_use]
pub fn whole(line: &str) -> &str {
    const NOTES: [&str; 6] = ["（全文）", "(全文)", "〔全文〕", "［全文］", "（附全文）", "全文"];
    let line = line.trim_end();
    NOTES.iter().find_map(|note| line.strip_suffix(note)).filter(|rest| !rest.is_empty()).unwrap_or(line)
}

/// Whether a text begins as telegrams and letters do: 大總統鑒：… 南京各部院勛鑒。… 迳启者，…
#[must_use]
pub fn addresses(text: &str) -> bool {
    const OPENINGS: [&str; 8] = ["迳启者", "逕啟者", "径启者", "敬启者", "敬啟者", "萬急", "万急", "照得"];
    const LONGEST: usize = 30;
    // 公鑒。 alone closes a notice.
    let heeds =
        |mark: &str| start(text, LONGEST).contains(mark) && !text.starts_with("公鑒") && !text.starts_with("公鉴");
    OPENINGS.iter().any(|opening| text.starts_with(opening)) || ["鑒：", "鉴：", "鑒。", "鉴。"].into_iter().any(heeds)
}

/// Whether a line says to whom an order goes, and no more: 令各省民政長
#[must_use]
pub fn is_ordered_to(text: &str) -> bool {
    const LONGEST: usize = 20;
    const HEADS: [&str; 12] = ["長", "长", "知事", "縣", "县", "廳", "厅", "局", "處", "处", "署", "校"];
    text.strip_prefix('令').is_some_and(|whom| whom.starts_with(['各', '全', '所', '該', '该', '本']))
        && (4..=LONGEST).contains(&text.chars().count())
        && text.chars().all(is_han)
        && HEADS.iter().any(|head| text.ends_with(head))
}

/// Whether a line says that a list follows, as orders do, and no more: 計開
#[must_use]
pub fn lists(text: &str) -> bool {
    matches!(text.trim_matches(|c: char| is_space(c) || is_terminal(c) || c == '：'), "計開" | "计开")
}

/// Whether a text is addressed to the paper itself, as letters of readers are: 编辑同志：
#[must_use]
pub fn addresses_editor(text: &str) -> bool {
    ["编辑", "編輯", "記者", "记者"].iter().any(|office| {
        text.strip_prefix(office).is_some_and(|rest| ["同志", "先生", "部"].iter().any(|title| rest.starts_with(title)))
    })
}

/// The last words of orders and proclamations.
pub const ORDERED: [&str; 8] = ["此令", "此示", "此谕", "此諭", "此批", "此布", "此佈", "此告"];

/// Whether a text ends as telegrams and orders do: …專復。孫文叩。 …切切此令。
#[must_use]
pub fn signs_off(text: &str) -> bool {
    const ENDS: [&str; 8] = ["叩", "特此通告", "特此公告", "特此布告", "特此佈告", "此致", "此復", "此复"];
    let plain = text.trim_end_matches(|c: char| is_space(c) || is_terminal(c));
    ORDERED.iter().chain(&ENDS).any(|end| plain.ends_with(end))
}

/// A title without what stands behind it in brackets: 天台紀遊（二）
#[must_use]
pub fn unbracketed(title: &str) -> &str {
    let plain = title.trim_end_matches(is_space);
    let open = plain.strip_suffix(['）', ')']).and_then(|inner| inner.rfind(['（', '(']));
    open.and_then(|at| plain.get(..at)).unwrap_or(plain)
}

/// Whether a headline announces an argument: 论持久战, 再評中西文化, and not 论坛闭幕 or 说明书.
#[must_use]
pub fn is_argued(title: &str) -> bool {
    let mut characters = title.trim_start_matches(['再', '三', '也']).chars();
    let argues = characters.next().is_some_and(|c| "论論评評驳駁说說谈談辨辩辯".contains(c));
    argues && characters.next().is_some_and(|c| !"坛壇文证證选選审審估奖獎议議价價级級比明服判話话及到".contains(c))
}

/// Whether a headline urges, as those of commentaries do: 莫让善举变了味, 警惕…
#[must_use]
pub fn urges(title: &str) -> bool {
    const URGING: [&str; 22] = [
        "莫让", "莫讓", "莫把", "莫要", "莫将", "莫將", "切莫", "别让", "別讓", "别把", "別把", "勿让", "勿讓", "岂容",
        "豈容", "岂能", "豈能", "警惕", "谨防", "謹防", "何不", "不妨",
    ];
    URGING.iter().any(|word| title.starts_with(word))
}

/// 大家上午好！ and the like, which open a speech.
#[must_use]
pub fn is_greeting(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| is_space(c) || is_terminal(c) || c == '，');
    plain.ends_with('好')
        && plain.chars().count() <= 10
        && ["大家", "各位", "同志", "朋友", "你们", "上午", "下午", "晚上"].iter().any(|w| plain.contains(w))
}

/// 在毕业典礼上的致辞, 访儿科医生某某, 边境小镇见闻: what stands under a headline and says what sort of text it is.
#[must_use]
pub fn is_subtitle(text: &str) -> bool {
    const GENRES: [&str; 16] = [
        "讲话",
        "致辞",
        "发言",
        "贺词",
        "讲",
        "会上",
        "講話",
        "致詞",
        "演說",
        "講",
        "辭",
        "辞",
        "會上",
        "开幕词",
        "報告",
        "报告",
    ];
    const TALES: [&str; 17] = [
        "见闻",
        "纪实",
        "侧记",
        "纪事",
        "札记",
        "追记",
        "掠影",
        "故事",
        "综述",
        "观察",
        "答记者问",
        "一封信",
        "蹲点报告",
        "調查記",
        "見聞",
        "紀實",
        "側記",
    ];
    const ABOUT: [&str; 12] = ["访", "評", "评", "记", "訪", "記", "读《", "讀《", "来自", "來自", "写在", "寫在"];
    let given = text.starts_with(['在', '于', '於']) && GENRES.iter().any(|genre| text.ends_with(genre));
    let about = ABOUT.iter().any(|word| text.starts_with(word)) && text.chars().count() >= 6;
    given || about || TALES.iter().any(|tale| text.ends_with(tale))
}

/// 谢谢大家。 预祝大会圆满成功！ and the like, which close a speech.
#[must_use]
pub fn is_thanks(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| is_space(c) || is_terminal(c) || c == '，');
    let wishes = ["预祝", "祝你们", "祝大家", "祝各位"].iter().any(|wish| plain.starts_with(wish))
        && plain.len() < text.len()
        && !plain.contains(is_terminal);
    wishes
        || matches!(
            plain,
            "谢谢"
                | "干杯"
                | "乾杯"
                | "谢谢大家"
                | "谢谢各位"
                | "謝謝"
                | "謝謝大家"
                | "谢谢主席"
                | "谢谢主席先生"
                | "再次感谢大家"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_by_their_wording() {
        assert!(is_date_line("四月二十一日。") && is_thanks("祝你们取得更大的胜利！"));
        assert_eq!(continued_from("（上接第二版）反对任何"), Some((7, Some(2))));
        assert_eq!(continued_from("（紧接第 12 版头条）"), Some((12, Some(12))));
        assert_eq!(continued_on("推动发展。（下转第三版）"), Some(5));
        assert!(is_date_line("（ 2024 年 7 月 4 日，阿斯塔纳）"));
        assert!(is_date_line("2024年7月5日于杜尚别"));
        assert!(!is_date_line("7月4日，国家主席出席会议。"));
        assert!(is_date_line("十月十九夜，舟中") && !is_date_line("十月的夜晚"));
        assert!(lists("計開") && !lists("計開各款如後") && urges("莫让善举变了味") && !urges("让善举更有味"));
    }

    #[test]
    fn a_document_is_numbered_by_a_line_of_its_own() {
        assert!(numbers_document("第七十七号") && numbers_document("第 103 號") && numbers_document("第一百二十号"));
        assert!(!numbers_document("第七十七号令") && !numbers_document("第号") && !numbers_document("七号"));
    }

    #[test]
    fn a_notice_closes_with_what_it_is_and_an_order_goes_to_offices() {
        assert!(names_document("关于湖区形势对本报记者的谈话") && !names_document("记者同他谈话"));
        assert!(names_document("大昌祥綢緞局遷移啟事") && !names_document("恐未週知特此登報聲明"));
        assert!(is_ordered_to("令全省各縣知事") && !is_ordered_to("令人难忘的校长") && !is_ordered_to("令行禁止"));
        assert!(names_document("东湖都统致各省电") && !names_document("此举招致各方来函"));
        assert!(heads_column("國內專電") && heads_column("本埠瑣聞") && !heads_column("移动通信产业加快发展"));
    }

    #[test]
    fn a_page_is_named_in_either_script() {
        assert_eq!(page_named("（下转第三版）", &PAGE_WORDS), Some(3));
        assert_eq!(page_named("第12版　要闻", &['版']), Some(12));
        assert_eq!(page_named("第 4 页", &PAGE_WORDS), Some(4));
        assert_eq!(page_named("第 4 页", &['版']), None);
        assert_eq!(page_named("本版责编：王丽", &['版']), None);
    }
}
