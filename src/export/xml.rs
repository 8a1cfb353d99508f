//! XML as it is written: elements on lines of their own, text that XML 1.0 may hold.
//!
//! ```text
//! 甲 < 乙 U+0001   ──▶   甲 &lt; 乙 �
//! ```

use std::io::Write;

use anyhow::Result;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document that is being written.
pub(super) struct Xml<'w>(Writer<&'w mut dyn Write>);

impl<'w> Xml<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Result<Self> {
        let mut xml = Self(Writer::new(out));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.line()?;
        Ok(xml)
    }

    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> Result<()> {
        Ok(self.0.write_event(Event::Start(start(name, attributes)))?)
    }

    pub(super) fn close(&mut self, name: &str) -> Result<()> {
        Ok(self.0.write_event(Event::End(BytesEnd::new(name)))?)
    }

    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> Result<()> {
        Ok(self.0.write_event(Event::Empty(start(name, attributes)))?)
    }

    pub(super) fn text(&mut self, text: &str) -> Result<()> {
        Ok(self.0.write_event(Event::Text(BytesText::new(&legal(text))))?)
    }

    /// An element that holds text alone, on a line of its own.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> Result<()> {
        self.open(name, attributes)?;
        self.text(text)?;
        self.close(name)?;
        self.line()
    }

    /// As [`Self::leaf`], where there is a text.
    pub(super) fn leaf_of(&mut self, name: &str, attributes: Attributes<'_>, text: Option<&str>) -> Result<()> {
        text.map_or(Ok(()), |text| self.leaf(name, attributes, text))
    }

    /// An element whose children stand on lines of their own.
    pub(super) fn block(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        self.open(name, attributes)?;
        self.line()?;
        inner(self)?;
        self.close(name)?;
        self.line()
    }

    pub(super) fn line(&mut self) -> Result<()> {
        Ok(self.0.get_mut().write_all(b"\n")?)
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, legal(value).as_str()));
    }
    start
}

/// The text with what XML 1.0 cannot hold replaced.
#[must_use]
pub(crate) fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().map(|c| if is_legal(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
