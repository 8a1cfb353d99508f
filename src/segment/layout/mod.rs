//! Which headline belongs to which text: before it, after it, inside it, or to none.
//!
//! A page is a row of texts and groups of head lines ([`row`]). Every group is given a part and every text is joined to
//! the one before or begins an article ([`page`]), so that the sum of the evidence ([`weights`]) is greatest.
//!
//! ```text
//! text 新华社阿斯塔纳7月4日电…       ┐ one article: the group after it speaks of it, and no other is left for it
//! head 习近平出席…第二十四次会议      ┘
//! text 上海合作组织（以下称…         ┐
//! head …阿斯塔纳宣言（摘要）          ┘ the same habit of the page
//! ```

mod built;
mod group;
mod lead;
mod newness;
mod numbering;
mod page;
mod row;
mod weights;

use super::grams::stands_in;
use super::unit::{Class, Unit};
use crate::repair::is_number;
use crate::wording;

pub use row::Element;

/// What a group of head lines is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Title of the text that follows.
    Before,
    /// Title of the text that went before.
    After,
    /// Heading of a section.
    Section,
    /// Signature of the text that went before.
    Signature,
    /// A pull quote: no part of any article.
    Furniture,
    /// More of the group before it.
    More,
}

/// Units given to one article, each head group with its use.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub elements: Vec<(Element, Option<Use>)>,
    /// Where its title stands, if that is not inside a sentence.
    pub titled: Option<Use>,
}

/// Divides the units of a page among articles. What is in none is left to the caller.
#[must_use]
pub fn plans(units: &[Unit]) -> Vec<Plan> {
    page::plans(units, &weights::WEIGHTS)
}

/// A line of a head. A number alone parts a text and heads none, be it that of a document: 第七十七号
fn is_head_line(unit: &Unit) -> bool {
    is_head(unit.class) && !is_number(&unit.text) && !wording::numbers_document(&unit.text)
}

fn is_head(class: Class) -> bool {
    matches!(class, Class::Head | Class::Subtitle | Class::Byline | Class::DateLine | Class::Speaker)
}

/// The head lines that interrupt a sentence of unit `host`, but for pull quotes.
pub fn inner_titles(units: &[Unit], host: usize) -> Vec<usize> {
    let inner = (host + 1..units.len()).take_while(|&k| units.get(k).is_some_and(|u| u.inside.is_some()));
    let titles: Vec<usize> =
        inner.filter(|&k| units.get(k).is_some_and(|u| u.inside == Some(host) && is_head(u.class))).collect();
    if titles.is_empty() {
        return titles;
    }
    // A headline may begin as the text does or name what the text quotes; a pull quote is a sentence of it.
    let text: String = titles.iter().filter_map(|&k| units.get(k)).map(|u| u.text.as_str()).collect();
    let near = host.saturating_sub(6)..(host + 7).min(units.len());
    let others = near.filter(|o| !titles.contains(o)).filter_map(|o| units.get(o)).filter(|o| !is_head(o.class));
    let sentence = text.ends_with(crate::mark::is_terminal);
    if sentence && stands_in(&text, others.map(|o| o.text.as_str())) { Vec::new() } else { titles }
}

#[cfg(test)]
mod tests {
    use super::super::segment;
    use crate::model::{Format, Source};
    use crate::repair::repair;

    /// The title of each article of a page, and how many paragraphs stand under it.
    fn articles(page: &str) -> Vec<(String, usize)> {
        let source = Source::of("page.txt", Format::Raw, page);
        let draft = segment(&source, &repair(&source));
        let title = |title: Option<crate::model::Guess<crate::model::HeadLine>>| title.map(|t| t.value.text);
        draft.articles.into_iter().map(|a| (title(a.title).unwrap_or_default(), a.passages.len())).collect()
    }

    fn of(title: &str, paragraphs: usize) -> (String, usize) {
        (title.to_owned(), paragraphs)
    }

    #[test]
    fn the_number_of_an_order_stands_under_its_title() {
        let page = "东湖市人民政府令\n\n第七号\n\n　　《东湖市渔业管理办法》已经通过，现予公布。\n\n第八号\n\n　　《东湖市码头管理办法》已经通过，现予公布。\n";
        assert_eq!(articles(page), [of("东湖市人民政府令", 4)]);
    }

    #[test]
    fn who_gives_an_order_signs_under_it() {
        let page = "告示\n\n　　为出示晓谕事：查近日湖面风浪甚大，渔船不得夜航。仰各户一体遵照，毋违。切切。此示\n\n民政股长代行\n\n\n\
                    渔会成立宣言\n\n　　我渔民今日集会，成立渔会，互助合作，共谋生计。渔会之宗旨，在于安定民生。\n";
        assert_eq!(articles(page), [of("告示", 2), of("渔会成立宣言", 1)]);
    }

    #[test]
    fn behind_a_signature_another_text_begins() {
        let page = "让渔民少跑一趟路\n\n　　办一张渔证，过去要跑三个窗口。如今一窗通办，渔民当天就能出湖。\n河北白沙市 梁 峰\n\n\n　　50余名船长近日走进东湖水产学院，在\
                    首期航海高级研修班上学习气象、救生和轮机，为自己充电。\n";
        assert_eq!(articles(page).len(), 2);
    }

    #[test]
    fn behind_an_address_no_text_begins() {
        let page = "本报讯　东湖码头昨天恢复通航。首班渡轮载客三百余人，码头工人连夜清淤，航道水深恢复到四米。\n\n编辑同志：\n\n看到报纸上关于山区小学\
                    缺少图书的消息，我们十分牵挂。孩子们没有书读，老师自己抄写课文。请编辑部转去这一百册书。\n";
        assert_eq!(articles(page).iter().map(|(_, paragraphs)| *paragraphs).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn two_telegrams_above_one_headline_are_one_text() {
        let page = "新华社北京7月7日电　东湖渔会主席李白7月4日打来电报，热烈祝贺北岭渔会成立六十周年。\n\n新华社北京7月7日电　南山渔会主席王安7月2日打来\
                    电报，也代表湖上各家船户，热烈祝贺北岭渔会成立六十周年。\n\n各地渔会祝贺北岭渔会成立六十周年\n";
        assert_eq!(articles(page), [of("各地渔会祝贺北岭渔会成立六十周年", 2)]);
    }

    #[test]
    fn below_a_note_of_the_editor_stands_a_heading() {
        let page = "渔民到此自豪雄\n——记东湖水文站工程师周林\n本报记者 李明\n\n　　编者按　五六十年代，许多青年到最需\n要他们的地方去。我们发表《渔民到此自\n豪雄》，向他们\
                    致敬。\n\n到最北边去\n\n　　1956年夏，周林被通知到千里远的霍\n林湖去建水文站。刚到东湖的他，继续北\n上，又是一次考验。\n　　他没有一句怨言，\
                    背起行装就出发了。\n";
        assert_eq!(articles(page), [of("渔民到此自豪雄", 4)]);
    }

    #[test]
    fn a_headline_above_telegrams_with_signs_is_that_of_a_column() {
        let page = "昨日各業市况\n近日米價平平。各路到船三十餘號。晚稻去化尚活。\n絲茶\n絲廠昨進白廠經二十擔。綠茶存底將罄。\n國內專電\n▲北京電。今日閣議。財長報告節關用款。\n\
                    ▲江州電。渡輪公司船工與公司爭薪。已由商會勸解。\n";
        assert_eq!(articles(page).last(), Some(&of("國內專電", 2)));
    }

    #[test]
    fn a_number_under_a_headline_heads_the_first_part() {
        let page = "东湖渔会成立之经过及其意义\n硕夫\n　　一、渔商事前的阻挠\n\n　　这次渔会的成立，差不多在两三个月以前，渔商们就开始阻挠。\n　　渔商的总董设宴招待\
                    各帮把头，算是公开宣布反对渔会的第一次。\n";
        assert_eq!(articles(page).iter().map(|(_, paragraphs)| *paragraphs).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn right_under_the_headline_of_a_column_stands_that_of_its_first_item() {
        let page = "本埠瑣聞\n米價又漲\n近數日來，內地禁止出境，本埠米價，逐日上騰。昨日白米每石漲起八角。\n輪船撞沉民船\n昨晨王店開\
                    來之小輪，撞沉米船一艘。幸人皆泅水登岸，失米二十四石。\n";
        assert_eq!(articles(page), [of("本埠瑣聞", 4)]);
    }

    #[test]
    fn who_wrote_a_text_signs_it_with_his_pen_name() {
        let page = "夜航船中寄友人\n葦 如\n仲和：\n船過了吳江，天就黑下來了，艙裏點着一盞煤油燈。夜深了，油也快完了，下次再談罷。\n葦如\n\
                    十月十九夜，舟中\n東湖紀遊\n周慕陶\n廿三日，晴。五時即起，寺僧已備粥於齋堂，佐以筍乾，味殊清腴。六時出東湖，沿溪北行。\n";
        assert_eq!(articles(page), [of("夜航船中寄友人", 4), of("東湖紀遊", 1)]);
    }

    #[test]
    fn an_answer_stands_under_the_letter() {
        let page = "一個店員的苦悶\n編輯先生：\n我是一個南貨店裏的學徒，今年十九歲，家裏供不起我讀書。請先生指示我一條路。\n敬祝\n撰安\n\
                    讀者徐根生上　十一月五日\n根生先生：讀了你的信，我們非常同情。像你這樣的來信，編者每天要收到三四封。\n編者\n";
        assert_eq!(articles(page), [of("一個店員的苦悶", 7)]);
    }

    #[test]
    fn a_headline_interrupts_a_long_paragraph() {
        let long = "水厂今日通水，沿途八十里的居民来到闸口观看，".repeat(4);
        let page =
            format!("{long}总工程师对到场的\n\n东湖水厂今日通水\n\n居民说，水来自百里外的雪山，三年之内水价不变。\n");
        assert_eq!(articles(&page), [of("东湖水厂今日通水", 1)]);
    }
}
