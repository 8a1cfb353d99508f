//! Marks of the trade: what a printed line is by its wording alone.
//!
//! ```text
//! （上接第二版）反对任何形式的…      continued from page 2
//! 本报记者　李明                     a byline
//! （2024年7月4日，阿斯塔纳）         date and place under a headline
//! ```

use arrayvec::ArrayVec;

use crate::dateline;
use crate::mark::{is_closing, is_han, is_opening, is_space, is_terminal, unspaced};
use crate::surname::{begins_with_double, is_surname, may_begin_name};

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

/// Whether a line names who wrote or said it: 本报记者　李明, 新华社记者…
#[must_use]
pub fn is_byline(text: &str) -> bool {
    let plain = text.trim_start_matches(|c: char| is_space(c) || matches!(c, '□' | '■' | '●' | '○' | '◎' | '（' | '('));
    let writers = [
        "本报记者",
        "本報記者",
        "新华社记者",
        "记者",
        "記者",
        "本报评论员",
        "本報評論員",
        "评论员",
        "通讯员",
        "特约记者",
        "本报特派",
        "特派记者",
        "作者",
        "文/",
        "文／",
        "执笔",
        "本社记者",
        "特約",
        "本报通讯员",
    ];
    let length = || plain.chars().take(41).count();
    let marked = plain.len() < text.len() && text.starts_with(['□', '■', '●', '○', '◎']) && length() <= 12;
    let named = writers.iter().any(|w| plain.starts_with(w));
    (named || marked) && length() <= 40 && !plain.contains(['，', '。', '！', '？', '；']) && !plain.contains("日电")
}

/// A line that is no more than one name, or a few: 林 石; 李明　王芳
#[must_use]
pub fn is_name_line(text: &str) -> bool {
    if !text.chars().find(|&c| !is_space(c)).is_some_and(may_begin_name) {
        return false;
    }
    let Some(whole) = unspaced(text, 16) else { return false };
    let words: Vec<&str> = text.split(is_space).filter(|w| !w.is_empty()).collect();
    (words.len() <= 3 && is_person(&whole))
        || (words.len() <= 4 && !words.is_empty() && words.iter().all(|w| is_person(w)))
}

fn is_person(word: &str) -> bool {
    let length = word.chars().count();
    let known = (2..=3).contains(&length) && word.chars().next().is_some_and(is_surname);
    let double = (3..=4).contains(&length) && begins_with_double(word);
    (known || double) && word.chars().all(is_han)
}

/// A line that is a date, perhaps with a place: （2024年7月4日，阿斯塔纳） 2024年7月5日于杜尚别
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    if !text.contains('日') {
        return false;
    }
    if is_adoption(text) {
        return true;
    }
    let is_printed = |c: char| is_han(c) || !is_space(c) && !is_opening(c) && !is_closing(c);
    let plain: ArrayVec<char, 31> = text.chars().filter(|&c| is_printed(c)).take(31).collect();
    if plain.is_full() {
        return false;
    }
    let Some((_, _, _, used)) = dateline::date(&plain) else {
        return ends_with_date(&plain);
    };
    let rest: String = plain.get(used..).unwrap_or_default().iter().collect();
    rest.is_empty()
        || rest.starts_with(['，', ',', '于', '於', '在', '、'])
            && rest.chars().count() <= 12
            && !rest.contains(['。', '；'])
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

/// A line that ends as the titles of documents and of articles about them do: …联合声明, …的倡议（摘要）
#[must_use]
pub fn names_document(text: &str) -> bool {
    const GENRES: [&str; 44] = [
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
    ];
    let mut plain = text.trim_end_matches(is_space);
    if plain.ends_with(['）', ')'])
        && let Some(open) = plain.rfind(['（', '('])
    {
        plain = plain.get(..open).unwrap_or(plain);
    }
    // Most lines end with another byte than any of these.
    let last = plain.as_bytes().last();
    let named = GENRES.iter().any(|genre| genre.as_bytes().last() == last && plain.ends_with(genre));
    named && plain.chars().count() >= 6
}

/// Whether a headline announces an argument: 论持久战, 再評中西文化, and not 论坛闭幕 or 说明书.
#[must_use]
pub fn is_argued(title: &str) -> bool {
    let mut characters = title.trim_start_matches(['再', '三', '也']).chars();
    let argues = characters.next().is_some_and(|c| "论論评評驳駁说說谈談辨辩辯".contains(c));
    argues && characters.next().is_some_and(|c| !"坛壇文证證选選审審估奖獎议議价價级級比明服判話话及到".contains(c))
}

/// The name of a body that signs: 海洋保护志愿者联合会
#[must_use]
pub fn is_body_name(text: &str) -> bool {
    const ENDS: [&str; 36] = [
        "会",
        "會",
        "组织",
        "政府",
        "部",
        "局",
        "院",
        "公司",
        "秘书处",
        "同人",
        "联盟",
        "中心",
        "大学",
        "大學",
        "学校",
        "學校",
        "中学",
        "中學",
        "小学",
        "集团",
        "社",
        "署",
        "厅",
        "廳",
        "办公室",
        "党委",
        "总队",
        "支队",
        "同仁",
        "全体代表",
        "敬上",
        "啟",
        "叩",
        "启",
        "啓",
        "敬贺",
    ];
    const VERBS: [&str; 20] = [
        "举行", "召开", "出席", "发表", "将", "在", "与", "闭幕", "开幕", "成立", "了", "走进", "让", "给", "办", "为",
        "从", "这", "看", "把",
    ];
    (4..=22).contains(&text.chars().count())
        && ENDS.iter().any(|e| text.ends_with(e))
        && !VERBS.iter().any(|v| text.contains(v))
        && text.chars().all(|c| is_han(c) || is_space(c) || c == '、')
}

/// A line as it closes a letter, a call or a column: a body, a name, a name behind its place or office.
#[must_use]
pub fn is_signing(text: &str) -> bool {
    is_body_name(text)
        || is_name_line(text)
        || is_date_line(text)
        || speaker(text).is_some()
        || is_placed_name(text)
        || is_office_name(text)
        || is_sent_name(text)
        || is_courtesy(text)
}

/// 局長袁景周: a name right behind an office.
fn is_office_name(text: &str) -> bool {
    let Some(line) = unspaced(text, 20) else { return false };
    OFFICES.iter().any(|office| line.rsplit_once(office).is_some_and(|(_, name)| is_person(name)))
}

/// 讀者徐根生上　十一月五日: a name with the word by which it sends, and perhaps the day.
fn is_sent_name(text: &str) -> bool {
    const SENDS: [&str; 12] =
        ["谨上", "謹上", "敬上", "谨启", "謹啟", "謹啓", "敬启", "敬啟", "敬啓", "頓首", "顿首", "上"];
    let Some(line) = unspaced(text, 24) else { return false };
    let chars: Vec<char> = line.chars().collect();
    let is_day = |at: &usize| chars.get(*at..).and_then(dateline::date).is_some_and(|day| at + day.3 == chars.len());
    let end = (1..chars.len()).find(is_day).unwrap_or(chars.len());
    let before: String = chars.iter().take(end).collect();
    let name = SENDS.iter().find_map(|word| before.strip_suffix(word));
    name.is_some_and(|name| (2..=10).contains(&name.chars().count()) && name.chars().all(is_han))
        && (end < chars.len() || !before.ends_with('上') || before.ends_with("敬上"))
}

/// What a letter closes with, line by line, and an editor's name for himself: 敬祝, 撰安, 编者
fn is_courtesy(text: &str) -> bool {
    const LINES: [&str; 30] = [
        "此致",
        "敬礼",
        "敬禮",
        "敬祝",
        "即颂",
        "即頌",
        "顺颂",
        "順頌",
        "此颂",
        "此頌",
        "祝好",
        "撰安",
        "编安",
        "編安",
        "大安",
        "台安",
        "公安",
        "近安",
        "著安",
        "编祺",
        "編祺",
        "撰祺",
        "编者",
        "編者",
        "记者",
        "記者",
        "编辑部",
        "編輯部",
        "敬启",
        "敬啟",
    ];
    let plain = text.trim_matches(|c: char| is_space(c) || is_terminal(c));
    LINES.contains(&plain)
}

/// 河北石家庄　邢秉义: a name behind the place it writes from, and perhaps what its bearer is.
fn is_placed_name(text: &str) -> bool {
    let Some((before, name)) = text.trim_end_matches(is_space).rsplit_once(is_space) else { return false };
    let words = || before.split(is_space).filter(|word| !word.is_empty());
    let is_short = |word: &str| word.chars().count() <= 10 && word.chars().all(is_han);
    is_person(name) && (1..=2).contains(&words().count()) && before.chars().count() >= 2 && words().all(is_short)
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
    const GENRES: [&str; 18] = [
        "讲话",
        "致辞",
        "演讲",
        "发言",
        "贺词",
        "讲",
        "会上",
        "講話",
        "致詞",
        "演說",
        "演講",
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
    let wishes = plain.starts_with("预祝") && plain.len() < text.len() && !plain.contains(is_terminal);
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

/// Offices that stand before a speaker's or signer's name.
const OFFICES: [&str; 58] = [
    "主席",
    "总统",
    "總統",
    "总理",
    "總理",
    "首相",
    "部长",
    "部長",
    "书记",
    "書記",
    "秘书长",
    "委员长",
    "主任",
    "大使",
    "外长",
    "国王",
    "省长",
    "市长",
    "院长",
    "院長",
    "校长",
    "校長",
    "代表",
    "会长",
    "會長",
    "理事长",
    "厅长",
    "局长",
    "处长",
    "司长",
    "县长",
    "区长",
    "镇长",
    "州长",
    "司令",
    "议长",
    "董事长",
    "总经理",
    "总裁",
    "所长",
    "馆长",
    "社长",
    "教授",
    "研究员",
    "發言人",
    "局長",
    "處長",
    "廳長",
    "縣長",
    "市長",
    "省長",
    "外長",
    "司令官",
    "督辦",
    "委員長",
    "理事長",
    "委員",
    "经理",
];

/// 中华人民共和国主席　习近平: the name that a line ends with, after an office.
#[must_use]
pub fn speaker(text: &str) -> Option<String> {
    let line = text.trim_end_matches(is_space);
    let before = line.trim_end_matches(|c| is_han(c) || c == '·');
    let name = line.get(before.len()..)?;
    let titled = before.trim_end_matches(is_space);
    if titled.len() == before.len() || !(2..=16).contains(&name.chars().count()) {
        return None;
    }
    let office = OFFICES.iter().any(|o| titled.ends_with(o));
    (office && text.chars().take(41).count() <= 40).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_by_their_wording() {
        assert_eq!(continued_from("（上接第二版）反对任何"), Some((7, Some(2))));
        assert_eq!(continued_from("（紧接第 12 版头条）"), Some((12, Some(12))));
        assert_eq!(continued_on("推动发展。（下转第三版）"), Some(5));
        assert!(is_byline("本报记者　李明　王芳"));
        assert!(!is_byline("记者从应急管理部获悉，今年汛情平稳。"));
        assert!(is_date_line("（ 2024 年 7 月 4 日，阿斯塔纳）"));
        assert!(is_date_line("2024年7月5日于杜尚别"));
        assert!(!is_date_line("7月4日，国家主席出席会议。"));
        assert_eq!(speaker("中华人民共和国主席　李白").as_deref(), Some("李白"));
    }

    #[test]
    fn lines_that_sign() {
        for line in
            ["局長袁景周", "讀者徐根生上　十一月五日", "中華民國十八年六月二十日", "敬祝", "編者", "河北石家庄　邢秉义"]
        {
            assert!(is_signing(line), "{line}");
        }
        for line in ["中華足球會甲組聯賽", "局长办公会议召开", "更上一层楼", "救濟農村與整理田賦", "编者按"]
        {
            assert!(!is_signing(line), "{line}");
        }
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
