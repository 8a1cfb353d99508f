//! Names of persons, learnt from what stands beside them: offices, verbs of saying, the `·` of transliteration.
//!
//! ```text
//! 中心主任纳塔利娅·佩切里察表示   →   纳塔利娅·佩切里察  (also 佩切里察, where the text calls her so)
//! 哈萨克斯坦总统托卡耶夫主持会议   →   托卡耶夫
//! 研究所所长丁晓星说               →   丁晓星
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rayon::prelude::*;

use crate::fold::simplified;
use crate::matcher::Matcher;
use crate::model::Article;
use crate::surname::is_telling_surname;
use crate::transliteration::{is_dot, is_transliterated};

/// Offices and occupations that stand right before or after a name.
const OFFICES: [&str; 139] = [
    "市長",
    "鎮長",
    "鄉長",
    "區長",
    "參謀長",
    "总书记",
    "国家主席",
    "副主席",
    "主席",
    "代理总统",
    "副总统",
    "总统",
    "副总理",
    "总理",
    "首相",
    "国王",
    "女王",
    "大公",
    "亲王",
    "王储",
    "议长",
    "委员长",
    "委员",
    "部长",
    "副部长",
    "外长",
    "大臣",
    "大使",
    "公使",
    "领事",
    "代表",
    "总干事",
    "联合秘书长",
    "副秘书长",
    "秘书长",
    "书记",
    "省长",
    "市长",
    "州长",
    "县长",
    "局长",
    "司长",
    "处长",
    "厅长",
    "院长",
    "副院长",
    "校长",
    "所长",
    "主任",
    "副主任",
    "会长",
    "理事长",
    "董事长",
    "总裁",
    "总经理",
    "总编辑",
    "主编",
    "社长",
    "研究员",
    "教授",
    "博士",
    "院士",
    "专家",
    "学者",
    "记者",
    "发言人",
    "协调员",
    "厂长",
    "村长",
    "镇长",
    "乡长",
    "区长",
    "站长",
    "队长",
    "馆长",
    "行长",
    "团长",
    "矿长",
    "经理",
    "法官",
    "审判长",
    "检察长",
    "检察官",
    "司令",
    "政委",
    "教练",
    "冠军",
    "總書記",
    "國家主席",
    "代總統",
    "副總統",
    "總統",
    "副總理",
    "總理",
    "國務卿",
    "親王",
    "議長",
    "委員長",
    "委員",
    "部長",
    "次長",
    "總長",
    "總司令",
    "督軍",
    "督辦",
    "總辦",
    "師長",
    "旅長",
    "軍長",
    "秘書長",
    "書記",
    "省長",
    "縣長",
    "局長",
    "司長",
    "處長",
    "廳長",
    "院長",
    "校長",
    "所長",
    "會長",
    "理事長",
    "董事長",
    "總裁",
    "經理",
    "總編輯",
    "主編",
    "社長",
    "站長",
    "隊長",
    "館長",
    "團長",
    "專家",
    "學者",
    "記者",
    "發言人",
    "領事",
    "參議員",
    "議員",
];

/// More words that may stand right before a name.
const BEFORE: [&str; 12] =
    ["成员", "分析师", "工程师", "医生", "律师", "作家", "同志", "同学", "评论员", "负责人", "讲师", "者"];

/// The words before a name, by their first character: every character of every text is asked for them.
static OFFICE_AT: LazyLock<Matcher<()>> = LazyLock::new(|| Matcher::of_words(OFFICES.iter().chain(&BEFORE).copied()));

/// What may follow a Chinese name of two or three characters, so that its end is known.
const AFTER: &str = "，。、；：！？“”‘’（）《》…—　 在说同和与等对从向的为是称道将出会表指强认主参介率致发接坚提作并于也还就曾已\
    当先今日代說對從為稱會認與參報發於還氏";

/// The persons of a corpus.
#[derive(Clone, Debug)]
pub struct Persons {
    names: BTreeSet<String>,
    /// Last parts of names → full names.
    short: BTreeMap<String, String>,
    /// Full names, and the last parts of transliterated ones that only one person has.
    matcher: Matcher<String>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub start: usize,
    pub end: usize,
    /// The full name, where the text has only the last part of it.
    pub name: String,
}

impl Persons {
    /// Reads every text once.
    #[must_use]
    pub fn learn(articles: &[Article]) -> Self {
        let of_article = |mut names: BTreeSet<String>, article: &Article| {
            names.extend(article.speaker.iter().filter(|s| s.chars().count() >= 2).cloned());
            let head =
                article.head.iter().chain([&article.title.value]).chain(&article.subtitle).chain(&article.byline);
            let texts = article.paragraphs.iter().map(|p| &p.text).chain(head.map(|line| &line.text));
            for text in texts {
                read(&text.chars().collect::<Vec<_>>(), &mut names);
            }
            names.extend(labels(article));
            names
        };
        let together = |mut names: BTreeSet<String>, more: BTreeSet<String>| {
            names.extend(more);
            names
        };
        Self::of(articles.par_iter().fold(BTreeSet::new, of_article).reduce(BTreeSet::new, together))
    }

    fn of(names: BTreeSet<String>) -> Self {
        let mut shorts = BTreeMap::<String, Vec<String>>::new();
        for name in &names {
            if let Some((_, last)) = name.rsplit_once('·')
                && last.chars().count() >= 2
            {
                shorts.entry(last.to_owned()).or_default().push(name.clone());
            }
        }
        let short = shorts.into_iter().filter_map(|(last, full)| match full.as_slice() {
            [one] => Some((last, one.clone())),
            _ => None,
        });
        let short: BTreeMap<_, _> = short.collect();
        let mut names: BTreeSet<String> = names.into_iter().filter(|n| !short.contains_key(n)).collect();
        // A later text may have the name in simplified characters, and nothing beside it that gives it away.
        let simple: Vec<String> = names.iter().map(|name| simplified(name).into_owned()).collect();
        names.extend(simple);
        let mut persons = Self { names, short, matcher: Matcher::new([]) };
        persons.matcher = Matcher::new(persons.entries());
        persons
    }

    /// The names in `chars`, in order, none inside another.
    #[must_use]
    pub fn find(&self, chars: &[char]) -> Vec<Named> {
        let mut found: Vec<Named> =
            self.matcher.find(chars).map(|(start, end, name)| Named { start, end, name: name.clone() }).collect();
        let parted = self.parted(chars);
        if !parted.is_empty() {
            // Those found are in order: only the first that ends behind it can stand in one's way.
            let next = |one: &Named| found.get(found.partition_point(|other| other.end <= one.start));
            let is_free = |one: &Named| next(one).is_none_or(|other| one.end <= other.start);
            let parted: Vec<Named> = parted.into_iter().filter(is_free).collect();
            found.extend(parted);
            found.sort_by_key(|named| named.start);
        }
        found
    }

    /// Names with an office between surname and given name, as the old press has them: 沈市長伯衡.
    fn parted(&self, chars: &[char]) -> Vec<Named> {
        let named = |at: usize| {
            // Few characters begin an office, which is soon told.
            let (length, ()) = OFFICE_AT.longest(chars.get(at + 1..)?)?;
            let surname = chars.get(at).copied().filter(|&c| is_telling_surname(c))?;
            let start = at + 1 + length;
            [2, 1].into_iter().find_map(|given| {
                let name: String = std::iter::once(&surname).chain(chars.get(start..start + given)?).collect();
                self.names.contains(&name).then(|| Named { start: at, end: start + given, name })
            })
        };
        (0..chars.len()).filter_map(named).collect()
    }

    /// Every form of every name, with the full name.
    pub fn entries(&self) -> impl Iterator<Item = (String, String)> {
        let full = self.names.iter().map(|n| (n.clone(), n.clone()));
        full.chain(self.short.iter().map(|(short, full)| (short.clone(), full.clone())))
    }

    /// Every full name, in order.
    #[must_use]
    pub fn full_names(&self) -> &BTreeSet<String> {
        &self.names
    }
}

/// Names with which paragraphs of an interview begin, two or more: 罗某：…
#[must_use]
pub fn labels(article: &Article) -> Vec<String> {
    /// Bytes of the longest.
    const LONGEST: usize = 3 * 3;
    let label = |text: &str| {
        let (name, _) = text.split_once('：').filter(|(name, _)| name.len() <= LONGEST)?;
        let chars: Vec<char> = name.chars().chain(['：']).collect();
        chinese(&chars).filter(|known| known == name)
    };
    let mut names: Vec<String> = article.paragraphs.iter().filter_map(|paragraph| label(&paragraph.text)).collect();
    names.sort_unstable();
    let twice = names.chunk_by(|a, b| a == b).filter(|run| run.len() > 1);
    twice.filter_map(|run| run.first().cloned()).collect()
}

/// Collects the names that the words around them give away.
fn read(chars: &[char], names: &mut BTreeSet<String>) {
    for (at, &c) in chars.iter().enumerate() {
        if is_dot(c) {
            names.extend(dotted(chars, at));
        }
        let rest = chars.get(at..).unwrap_or_default();
        if at == 0 || matches!(chars.get(at - 1), Some('。' | '，' | '：')) {
            names.extend(enumerated(rest));
        }
        if let Some((length, ())) = OFFICE_AT.longest(rest) {
            names.extend(after_office(chars.get(at + length..).unwrap_or_default()));
            names.extend(before_office(chars.get(..at).unwrap_or_default(), rest));
        }
    }
}

/// `蔡奇、王毅等参加`, `执笔记者：何毅、王雅楠`: two names or more in a row, where a sentence or a list begins.
fn enumerated(rest: &[char]) -> Vec<String> {
    let run =
        || rest.iter().take(80).take_while(|c| !matches!(c, '，' | '。' | '；' | '：' | '）' | ')' | '！' | '？'));
    // Most clauses list nothing, which is told before anything is copied.
    if !run().any(|&c| c == '、') {
        return Vec::new();
    }
    let run: String = run().collect();
    let list = run.split_once('等').map_or(run.as_str(), |(list, _)| list);
    let closed = run.contains('等') || rest.get(run.chars().count()).is_some_and(|c| matches!(c, '）' | ')'));
    let names: Vec<String> = list.split('、').map(str::to_owned).collect();
    let is_name = |n: &String| chinese(&n.chars().collect::<Vec<_>>()).as_ref() == Some(n);
    if closed && names.len() >= 2 && names.iter().all(is_name) { names } else { Vec::new() }
}

/// The whole transliterated name around the dot at `at`, if the dot is its first.
fn dotted(chars: &[char], at: usize) -> Option<String> {
    let head = chars.get(..at)?;
    // 亚历山大: at an end, 大 would be that of 大使.
    let length = head.iter().rev().take_while(|&&c| is_transliterated(c) || matches!(c, '历' | '大')).count();
    if length == 0 || at.checked_sub(length + 1).and_then(|i| chars.get(i)).is_some_and(|&c| is_dot(c)) {
        return None;
    }
    let left: String = head.get(behind_office(head, length)..)?.iter().collect();
    let mut right: String = chars
        .get(at..)?
        .iter()
        .take_while(|&&c| is_transliterated(c) || is_dot(c))
        .map(|&c| if is_dot(c) { '·' } else { c })
        .collect();
    while right.ends_with('·') {
        right.pop();
    }
    (right.chars().count() > 2 && !left.is_empty()).then(|| format!("{left}{right}"))
}

/// Where a name begins whose last part has at most `length` characters and ends `head`: an office may end in characters of
/// transliteration, as 金 of 基金, 里 of 那里 and 理 of 总理 are.
fn behind_office(head: &[char], length: usize) -> usize {
    let first = head.len().saturating_sub(length);
    (first..head.len()).rev().find(|&start| head.get(..start).is_some_and(ends_office)).unwrap_or(first)
}

/// Whether `chars` end with an office or what else stands right before a name.
#[must_use]
pub fn ends_office(chars: &[char]) -> bool {
    OFFICES.iter().chain(&BEFORE).any(|office| ends_with(chars, office))
}

/// Whether `chars` end with a word.
#[must_use]
pub fn ends_with(chars: &[char], word: &str) -> bool {
    let mut rest = chars.iter().rev();
    word.chars().rev().all(|c| rest.next() == Some(&c))
}

/// The name at the start of `rest`, which follows an office.
fn after_office(rest: &[char]) -> Option<String> {
    let run = rest.iter().take_while(|&&c| is_transliterated(c)).count();
    let next = rest.get(run);
    if next.is_some_and(|&c| is_dot(c)) {
        return None;
    }
    if run >= 4 {
        return Some(rest.iter().take(run).collect());
    }
    chinese(rest).or_else(|| ((2..=3).contains(&run) && ends(next)).then(|| rest.iter().take(run).collect()))
}

/// A surname and one or two characters, then something that cannot belong to the name.
fn chinese(rest: &[char]) -> Option<String> {
    if !rest.first().is_some_and(|&c| is_telling_surname(c)) {
        return None;
    }
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let length =
        [3, 2].into_iter().find(|&n| rest.iter().take(n).filter(|c| han(c)).count() == n && ends(rest.get(n)))?;
    let name: Vec<char> = rest.iter().take(length).copied().collect();
    let inner_stop = name.iter().skip(1).any(|&c| "的是在和与同说等将了不于以可能来去下上、".contains(c));
    (!inner_stop).then(|| name.into_iter().collect())
}

fn ends(next: Option<&char>) -> bool {
    next.is_none_or(|&c| AFTER.contains(c))
}

/// The name right before an office: 习近平主席, 拉赫蒙总统. It must begin where a word certainly begins.
fn before_office(head: &[char], office: &[char]) -> Option<String> {
    if !["主席", "总统", "总理", "总书记", "首相", "同志", "先生", "女士", "教授", "秘书长"]
        .iter()
        .any(|o| starts_with(office, o))
    {
        return None;
    }
    let starts = |i: usize| {
        i.checked_sub(1)
            .and_then(|b| head.get(b))
            .is_none_or(|&c| "，。、；：！？“”‘’（《　 同和与对由邀到于".contains(c))
    };
    let run = head.iter().rev().take_while(|&&c| is_transliterated(c)).count();
    if (3..=6).contains(&run) && starts(head.len() - run) && !is_place_like(head.get(head.len() - run..)?) {
        return head.get(head.len() - run..).map(|n| n.iter().collect());
    }
    let surname = |i: usize| head.get(i).is_some_and(|&c| is_telling_surname(c));
    [3, 2]
        .into_iter()
        .filter_map(|n| head.len().checked_sub(n))
        .find(|&i| surname(i) && starts(i))
        .and_then(|i| chinese(head.get(i..)?))
}

/// 巴基斯坦总统 names a country: 斯坦, 利亚, 尼亚 … end countries far more often than persons called by one word.
fn is_place_like(run: &[char]) -> bool {
    let text: String = run.iter().collect();
    ["斯坦", "利亚", "尼亚", "罗斯", "兰", "尔", "根廷", "加", "岛", "国", "西", "拉克", "朗", "亚"]
        .iter()
        .any(|e| text.ends_with(e))
}

/// Whether `chars` are an office and nothing else.
#[must_use]
pub fn is_office(chars: &[char]) -> bool {
    OFFICES.iter().any(|office| office.chars().eq(chars.iter().copied()))
}

/// Whether `chars` begin with a word.
#[must_use]
pub fn starts_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    fn learnt(text: &str) -> Vec<String> {
        Persons::learn(&corpus(&[(Kind::Report, "题", &[text])])).full_names().iter().cloned().collect()
    }

    #[test]
    fn transliterated_names_end_where_words_begin() {
        assert_eq!(
            learnt("亚太区域中心主任纳塔利娅·佩切里察表示，资深教授约瑟夫·马修斯高度评价。"),
            ["约瑟夫·马修斯", "纳塔利娅·佩切里察"]
        );
        assert_eq!(
            learnt(
                "哈萨克斯坦总统托卡耶夫主持会议，白俄罗斯总统卢卡申科、俄罗斯总统普京、伊朗代理总统穆赫贝尔和印度代表参加。"
            ),
            ["卢卡申科", "托卡耶夫", "普京", "穆赫贝尔"]
        );
    }

    #[test]
    fn a_name_of_parts_begins_behind_the_office() {
        assert_eq!(
            learnt(
                "独立国总理詹姆斯·马拉佩、总统亚历山大·武契奇和总干事拉斐尔·马里亚诺·格罗西作陪，何塞普·博雷利·丰特列斯12日说，"
            ),
            ["亚历山大·武契奇", "何塞普·博雷利·丰特列斯", "拉斐尔·马里亚诺·格罗西", "詹姆斯·马拉佩"]
        );
    }

    #[test]
    fn chinese_names_stand_beside_an_office() {
        assert_eq!(
            learnt("欧亚研究所所长丁晓星说，中方院长杨雷说：“文明。”联合秘书长钦貌佐说，"),
            ["丁晓星", "杨雷", "钦貌佐"]
        );
        assert_eq!(learnt("国家主席习近平在北京出席会议。"), ["习近平"]);
        assert_eq!(
            learnt("正如习近平主席所强调的，拉赫蒙总统表示感谢。巴基斯坦总统说，"),
            Vec::<String>::new().into_iter().chain(["拉赫蒙".to_owned()]).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_last_part_of_a_name_is_the_person() {
        let persons = Persons::learn(&corpus(&[(Kind::Report, "题", &["专家凯瑟·纳瓦卜十分认同。", "纳瓦卜说。"])]));
        let found = persons.find(&"纳瓦卜说".chars().collect::<Vec<_>>());
        assert_eq!(found, [Named { start: 0, end: 3, name: "凯瑟·纳瓦卜".to_owned() }]);
    }

    #[test]
    fn an_office_may_part_a_name() {
        let persons = Persons::learn(&corpus(&[(Kind::Report, "题", &["市長沈伯衡說，今日開會。"])]));
        let found = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            persons.find(&chars).into_iter().map(|named| (named.start, named.end, named.name)).collect::<Vec<_>>()
        };
        assert_eq!(found("昨沈市長伯衡謂，"), [(1, 6, "沈伯衡".to_owned())]);
        assert_eq!(found("昨沈市長到府，"), []);
    }

    #[test]
    fn who_answers_under_his_name_is_known() {
        let labelled = |texts: &[&str]| labels(&corpus(&[(Kind::Other, "题", texts)])[0]);
        assert_eq!(labelled(&["罗静波：我说。", "记者：问。", "罗静波：再说。"]), ["罗静波"]);
        assert_eq!(labelled(&["罗静波：我说。", "记者：问。", "记者：再问。"]), [] as [&str; 0]);
    }
}
