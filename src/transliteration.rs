//! Foreign names as Chinese characters write them: 纳塔利娅·佩切里察, 穆赫贝尔.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use crate::mark::is_han;

/// Characters with which foreign names are written. What stands outside ends such a name.
const TRANSLITERATION: &str = "阿埃艾爱安昂奥澳巴芭白拜班邦包保鲍贝本比彼别宾波玻博伯卜布采蔡策察查柴昌茨慈措达戴丹道德登邓狄迪蒂\
    帝丁东杜敦顿多厄恩耳尔法凡范梵方菲费芬丰冯佛夫弗福富盖甘冈戈哥歌格葛根贡古瓜圭郭哈海汉翰豪赫黑亨洪侯胡\
    华怀惠霍基吉季济加佳嘉贾江姜杰捷金津京久喀卡凯坎康考柯科克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷蕾楞黎里理丽\
    利莉连廉良列烈林琳龙隆卢鲁露路伦罗洛吕略马玛买迈麦曼芒毛茂梅门蒙孟米密明缪摩莫默姆穆娜纳南内嫩尼年涅\
    宁纽农努诺欧帕派潘庞培佩彭皮匹平泼普漆齐奇恰钱强乔切钦琴青琼屈仁日茹儒瑞若撒萨塞赛瑟森莎沙山珊绍\
    舍申生圣施什史舒斯丝思司松苏孙索塔泰坦汤唐陶特腾田铁廷图土托陀瓦娃万汪旺威韦维魏温文翁沃乌武西希锡席\
    夏香肖萧谢修辛欣兴休许逊雅亚娅延扬杨耶叶伊衣宜义因英尤约云宰赞泽扎詹珍芝治朱茱卓兹宗祖佐\
    斐何契绮琪霞黛朵芙荷婕楚蓓岑寇莲妮奈蓬珀浦蒲桑雪薛伍荪敏";

static TRANSLITERATED: LazyLock<HashSet<char, FixedState>> = LazyLock::new(|| TRANSLITERATION.chars().collect());

#[must_use]
pub fn is_transliterated(c: char) -> bool {
    TRANSLITERATED.contains(&c)
}

/// The dot between the parts of such a name.
#[must_use]
pub fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧')
}

/// Characters of one part of a name.
const LONGEST: usize = 6;

/// Whether a word is such a name of two parts or more, all or nearly all in characters of transliteration: 让·梅泰·亚彭德
#[must_use]
pub fn is_full_name(word: &str) -> bool {
    let is_part = |part: &str| (1..=LONGEST).contains(&part.chars().count()) && part.chars().all(is_han);
    let others = word.chars().filter(|&c| !is_dot(c) && !is_transliterated(c)).count();
    word.contains(is_dot) && word.split(is_dot).all(is_part) && others <= 1
}

/// Whether such a name lies across the break between two lines, as its dot tells: 埃莫马 ┊ 利·拉赫蒙
#[must_use]
pub fn spans(left: &str, right: &str) -> bool {
    let Some(last) = left.chars().next_back() else { return false };
    // Few lines have a dot there: that is looked for first.
    match right.chars().take(LONGEST).position(is_dot) {
        Some(dot) => is_transliterated(last) && right.chars().take(dot).all(is_transliterated),
        None => is_dot(last) && right.starts_with(is_transliterated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_by_its_dot() {
        assert!(spans("总统　埃莫马", "利·拉赫蒙"));
        assert!(spans("总统　埃莫马利", "·拉赫蒙"));
        assert!(spans("总统　埃莫马利·", "拉赫蒙"));
        assert!(!spans("共和国总统", "埃莫马利·拉赫蒙"));
        assert!(!spans("共和国总统", "2024年"));
        assert!(!spans("", "·拉赫蒙"));
    }
}
