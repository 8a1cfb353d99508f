//! What each piece of evidence is worth, in one table: the reading of a page is the one whose evidence sums highest.
//!
//! ```text
//! 新华社北京7月4日电　…     opens_dated: an article begins here
//! 三、双方支持…             numbered_on: it goes on from 二、
//! ```

/// Evidence and its worth, roughly the logarithm of how much more often it is seen where it speaks the truth.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    // That a paragraph begins an article.
    /// It opens with 新华社北京7月4日电, or with the shorter mark of a telegram: 哈瓦斯十三日巴黎電
    pub opens_dated: f32,
    pub opens_telegram: f32,
    /// It opens so and has the words of the headline under which another stands already: telegrams from several places.
    pub opens_again: f32,
    /// It opens with 本报讯
    pub opens_message: f32,
    /// Its first clause tells a day; it leans on what was said before.
    pub opens_news: f32,
    pub leans_back: f32,
    /// It opens with 摘要如下：
    pub opens_preface: f32,
    /// It opens with （上接第二版）
    pub opens_continued: f32,
    /// It is the mark that closes a text: （新华社北京7月4日电）
    pub opens_closed: f32,
    /// It addresses an audience; it begins as letters and telegrams do.
    pub opens_addressed: f32,
    pub opens_letter: f32,
    /// It addresses the paper: 编辑同志：
    pub opens_to_editor: f32,
    /// It answers whoever signed right above; it says more behind a signature: 再者
    pub opens_reply: f32,
    pub opens_postscript: f32,
    /// The text before closes with （新华社北京7月4日电）, with …叩。 or 此令。, with 谢谢大家。, with a day and place, in
    /// mid-sentence.
    pub after_closing: f32,
    pub after_signing_off: f32,
    pub after_thanks: f32,
    pub after_signature: f32,
    pub after_unfinished: f32,
    /// The text before addresses somebody or closes with a colon, and nothing stands between.
    pub after_announcing: f32,
    /// The space above it is wider than between paragraphs, by a line or more.
    pub gap_wider: f32,
    pub gap_widest: f32,
    /// Its columns are of another measure.
    pub measure: f32,
    /// 三、 after 二、
    pub numbered_on: f32,
    /// Nothing stands between it and the text before.
    pub adjacent: f32,
    /// How far its words turn away from those before, with nothing between and with a headline between.
    pub turn: f32,
    pub turn_below_head: f32,
    /// An article ends that has no title.
    pub untitled: f32,
    /// A title interrupts it, and it has one already, or goes on from a text that has one.
    pub titled_twice: f32,
    pub titled_within: f32,

    // That head lines are a title at all.
    /// A subtitle, byline, speaker or date stands under them.
    pub dressed: f32,
    /// They name a document.
    pub names_document: f32,
    /// They urge: 莫让…
    pub urges: f32,
    /// They head a column of short items.
    pub names_column: f32,
    /// They name a body and nothing else.
    pub names_body: f32,
    /// They name a person and from where he writes.
    pub names_sender: f32,
    /// They name a speech and the text is one; it is none.
    pub spoken: f32,
    /// Four characters or fewer; seven or fewer; forty or fewer.
    pub width_tiny: f32,
    pub width_short: f32,
    pub width_usual: f32,
    /// The text below shows its own start.
    pub next_dated: f32,
    pub next_addressed: f32,
    /// The text below shows none, on a page whose articles do.
    pub next_undated: f32,
    /// The text above closes; with thanks; in mid-sentence; there is none.
    pub previous_closes: f32,
    pub previous_thanks: f32,
    pub previous_unfinished: f32,
    /// It breaks off with 全文如左：
    pub previous_announces: f32,
    pub previous_none: f32,

    // Title of the text below.
    pub before: f32,
    pub before_overlap: f32,
    pub before_margin: f32,
    pub before_begins: f32,
    pub before_nearer: f32,
    /// The space above it is wider than between paragraphs by two lines or more.
    pub before_wide: f32,
    /// Items follow, each with its sign.
    pub before_items: f32,
    pub before_nothing: f32,
    /// The first of a row of numbers follows: 一
    pub before_numbers: f32,
    /// Another headline stands below and farther away than the text above; it is indented as paragraphs are.
    pub before_above_head: f32,
    pub before_as_prose: f32,
    /// All of it stands between quotation marks.
    pub before_quoted: f32,

    // Title of the text above.
    pub after: f32,
    pub after_overlap: f32,
    pub after_margin: f32,
    pub after_ends: f32,
    pub after_begins: f32,
    pub after_last: f32,
    /// What the page does with other titles tells what it does with this one.
    pub habit: f32,

    // Heading of a section.
    pub section: f32,
    pub section_numbered: f32,
    /// It stands right under the title.
    pub section_first: f32,
    /// It stands right under the headline of a column.
    pub section_first_item: f32,
    /// Of the text no more than an editor's note stands above it.
    pub section_below_note: f32,
    pub section_lead: f32,
    pub section_overlap: f32,
    pub section_below: f32,
    pub section_as_prose: f32,
    pub section_quoted: f32,
    pub section_short: f32,
    pub section_long: f32,
    pub section_lines: f32,
    pub section_last: f32,
    pub section_above_head: f32,
    pub section_no_head: f32,
    pub section_ends: f32,
    /// Lines built alike are headings; are titles; have spaces like this one; there are none.
    pub alike_section: f32,
    pub alike_title: f32,
    pub alike_spaced: f32,
    pub alike_none: f32,

    // Signature of the text above.
    pub signature: f32,
    pub signature_name: f32,
    pub signature_other: f32,
    pub signature_far: f32,
    pub signature_near: f32,
    pub signature_body: f32,
    pub signature_lines: f32,
    pub signature_long: f32,
    pub signature_last: f32,
    pub signature_dated: f32,
    pub signature_closed: f32,
    /// It stands right under 此令 or its like.
    pub signature_below_order: f32,
    /// It is as short as a pen name, and a headline follows.
    pub signature_tiny: f32,
    /// It begins with the name that stands under the headline.
    pub signature_writer: f32,

    // Set again to catch the eye; more of the group before; a head without a headline; a title without a text.
    pub pull_quote: f32,
    pub pull_quote_not: f32,
    pub more: f32,
    pub more_width: f32,
    pub more_dressed: f32,
    pub more_overlap: f32,
    pub more_numbered: f32,
    /// Three groups of head lines and more stand before it.
    pub more_listed: f32,
    /// It stands right under the headline of a column.
    pub more_first_item: f32,
    /// It reads as a subtitle does: 在毕业典礼上的致辞
    pub more_subtitle: f32,
    pub bare_head: f32,
    pub no_text: f32,
}

pub static WEIGHTS: Weights = Weights {
    opens_dated: 3.5,
    opens_telegram: 0.6,
    opens_again: -7.0,
    opens_message: 2.9,
    opens_news: 0.5,
    leans_back: -1.0,
    opens_preface: 2.1,
    opens_continued: 6.0,
    opens_closed: -1.5,
    opens_addressed: 0.8,
    opens_letter: 0.2,
    opens_to_editor: 1.5,
    opens_reply: -4.0,
    opens_postscript: -4.0,
    after_closing: 4.5,
    after_signing_off: 1.5,
    after_thanks: 0.9,
    after_signature: 0.9,
    after_unfinished: -0.9,
    after_announcing: -1.5,
    gap_wider: 1.2,
    gap_widest: 1.6,
    measure: 0.4,
    numbered_on: -1.0,
    adjacent: -0.6,
    turn: 0.22,
    turn_below_head: 0.4,
    untitled: -2.0,
    titled_twice: -2.2,
    titled_within: -1.5,
    dressed: 1.8,
    names_document: 3.3,
    urges: 1.2,
    names_column: 2.0,
    names_body: -1.4,
    names_sender: -1.5,
    spoken: 1.2,
    width_tiny: -0.1,
    width_short: -0.5,
    width_usual: 0.0,
    next_dated: 1.2,
    next_addressed: 1.6,
    next_undated: 0.4,
    previous_closes: 1.0,
    previous_thanks: 0.6,
    previous_unfinished: -1.0,
    previous_announces: -1.5,
    previous_none: 1.0,
    before: -0.55,
    before_overlap: 2.6,
    before_margin: 0.7,
    before_begins: 0.5,
    before_nearer: 0.6,
    before_wide: 0.8,
    before_items: 1.2,
    before_nothing: -3.0,
    before_numbers: 1.5,
    before_above_head: 0.2,
    before_as_prose: -0.8,
    before_quoted: -1.6,
    after: -1.8,
    after_overlap: 3.4,
    after_margin: 1.5,
    after_ends: 0.8,
    after_begins: 0.5,
    after_last: -0.2,
    habit: 0.3,
    section: 0.5,
    section_numbered: 3.0,
    section_first: -2.3,
    section_first_item: 2.0,
    section_below_note: 2.0,
    section_lead: -2.0,
    section_overlap: 0.2,
    section_below: 1.0,
    section_as_prose: 2.2,
    section_quoted: 1.2,
    section_short: 0.3,
    section_long: -0.05,
    section_lines: -0.8,
    section_last: -2.0,
    section_above_head: -2.9,
    section_no_head: -1.5,
    section_ends: -1.6,
    alike_section: 0.4,
    alike_title: -0.4,
    alike_spaced: 2.4,
    alike_none: 0.1,
    signature: 1.4,
    signature_name: -0.2,
    signature_other: -2.2,
    signature_far: 1.0,
    signature_near: 0.9,
    signature_body: 1.8,
    signature_lines: 1.0,
    signature_long: -1.5,
    signature_last: 0.4,
    signature_dated: 2.0,
    signature_closed: 2.2,
    signature_below_order: 1.5,
    signature_tiny: 0.4,
    signature_writer: 4.0,
    pull_quote: 1.2,
    pull_quote_not: -4.0,
    more: 0.55,
    more_width: 0.3,
    more_dressed: 1.0,
    more_overlap: 1.5,
    more_numbered: -2.5,
    more_listed: -2.0,
    more_first_item: -1.0,
    more_subtitle: 1.5,
    bare_head: -0.6,
    no_text: -2.5,
};
