//! Surnames: by what does a line that is no more than a name, and a name in a sentence, begin?
//!
//! ```text
//! 林　石            a line that may be a name: 林
//! 研究所所长丁晓星  a name may stand behind the office: 丁
//! 高举旗帜          no name, though 高 is a surname: in a sentence it is a word far more often
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// The surnames of one character that most people bear, as both scripts write them.
const COMMON: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭\
    陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔\
    伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙\
    鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚茅娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞\
    姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝习钦張劉陳楊黃趙吳孫馬羅鄭許韓馮鄧肅蔣葉蘇呂盧譚陸賈韋鄒\
    龍賀顧龔萬錢嚴湯龐顏莊聶魯嶽齊喬歐關蘭寧紀單駱赖賴萧蕭阎閻饒項麥費衛畢應鄔婁竇簡連蘆储儲溫樓楼楚匡荆荊樂屠辜闞阚鈕钮裘繆";

/// Those of them that are words far more often than names.
const WORDS: &str = "高于万文季时";

const DOUBLE: [&str; 15] = [
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "司徒", "夏侯", "皇甫", "尉迟", "尉遲", "令狐", "慕容",
    "公孙",
];

/// Every headline is asked whether it begins with one of them.
static SURNAMES: LazyLock<HashSet<char, FixedState>> = LazyLock::new(|| COMMON.chars().collect());

/// A surname, in a line that is a name or nothing.
#[must_use]
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(&c)
}

/// Whether a name may begin so, with a surname of one character or of two.
#[must_use]
pub fn may_begin_name(c: char) -> bool {
    is_surname(c) || DOUBLE.iter().any(|surname| surname.starts_with(c))
}

/// A surname that a name in a sentence can be known by.
#[must_use]
pub fn is_telling_surname(c: char) -> bool {
    is_surname(c) && !WORDS.contains(c)
}

/// Whether a word begins with a surname of two characters.
#[must_use]
pub fn begins_with_double(word: &str) -> bool {
    DOUBLE.iter().any(|surname| word.starts_with(surname))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_that_is_a_word_tells_nothing_in_a_sentence() {
        assert!(is_surname('高') && !is_telling_surname('高'));
        assert!(is_telling_surname('丁') && is_telling_surname('張') && !is_surname('的'));
        assert!(begins_with_double("欧阳修") && !begins_with_double("欧洲"));
    }

    #[test]
    fn no_surname_is_listed_twice() {
        let mut all: Vec<char> = COMMON.chars().collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|two| two[0] != two[1]));
    }
}
