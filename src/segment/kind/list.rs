//! The words by which kinds are told, in simplified characters; those that are looked for in whole paragraphs, in both.
//!
//! ```text
//! …会议上的讲话   a speech        （今日谈）   a column that argues        …发布, …增长   news
//! ```

/// Words of headlines that say that something happened.
pub const NEWS: [&str; 31] = [
    "宣告",
    "发布",
    "启动",
    "开工",
    "通车",
    "投产",
    "竣工",
    "落成",
    "公布",
    "当选",
    "逝世",
    "访问",
    "离京",
    "到京",
    "创历年",
    "创历史",
    "纪录",
    "增长",
    "下降",
    "突破",
    "获奖",
    "夺冠",
    "连夺",
    "击败",
    "致慰问",
    "致电",
    "发生",
    "昨",
    "今晨",
    "完成",
    "判决",
];

/// Those that say what somebody did with a document or at a meeting: a headline that has one names neither.
pub const ACTS: [&str; 13] =
    ["出席", "发表", "举行", "会见", "会谈", "强调", "召开", "闭幕", "开幕", "抵达", "宣布", "签署", "接见"];

/// How the titles of speeches end.
pub const SPOKEN: [&str; 26] = [
    "演说词",
    "演讲词",
    "讲演词",
    "讲话",
    "致辞",
    "演讲",
    "演说",
    "发言",
    "致词",
    "训词",
    "讲演",
    "贺词",
    "献词",
    "祝酒词",
    "祝词",
    "答词",
    "开幕词",
    "闭幕词",
    "演辞",
    "训辞",
    "贺辞",
    "祝酒辞",
    "祝辞",
    "答辞",
    "开幕辞",
    "闭幕辞",
];

/// How the titles of documents end that proclaim.
pub const DECLARED: [&str; 10] = ["宣言", "公报", "声明", "章程", "决议", "公约", "宪章", "宣言书", "通电", "誓词"];

/// How the titles of documents end that two sides or more agreed upon.
pub const JOINT: [&str; 5] = ["联合声明", "联合公报", "联合新闻公报", "共同声明", "联合宣言"];

/// How the titles of notices end, which agencies send as well.
pub const NOTICES: [&str; 8] = ["启事", "通知", "公告", "通告", "布告", "告示", "公示", "讣告"];

/// How the titles of letters, telegrams, orders and rules end, and of what editors say to readers.
pub const PAPERS: [&str; 40] = [
    "的信",
    "公开信",
    "一封信",
    "贺信",
    "来信",
    "贺电",
    "唁电",
    "慰问电",
    "办法",
    "条例",
    "规定",
    "细则",
    "守则",
    "规则",
    "简章",
    "主席令",
    "总统令",
    "府令",
    "部令",
    "院令",
    "训令",
    "指令",
    "命令",
    "申令",
    "嘉奖令",
    "遗嘱",
    "白皮书",
    "判决书",
    "裁定书",
    "起诉书",
    "报告书",
    "呈文",
    "批文",
    "编辑后记",
    "编后记",
    "编者按",
    "编者的话",
    "开栏的话",
    "开栏语",
    "致读者",
];

/// How the titles of decisions and plans end that say what they are about: 关于改革的决定
pub const DECIDED: [&str; 8] = ["决定", "意见", "方案", "规划", "纲要", "批复", "决议案", "提案"];

/// How the titles of letters end: whom they greet hears no speech.
pub const LETTERS: [&str; 7] = ["的信", "公开信", "一封信", "回信", "复信", "家书", "书简"];

/// To whom proclamations are made, behind 告: 告全国同胞书
pub const PROCLAIMED: [&str; 10] = ["书", "全军", "将士", "同胞", "国民", "民众", "人民", "同志", "青年", "父老"];

/// How the titles of travels, diaries and tales end.
pub const ESSAYS: [&str; 8] = ["纪游", "游记", "日记", "纪行", "杂记", "小说", "回忆录", "书简"];

/// How headlines of features, interviews and the like end.
pub const TOLD: [&str; 15] = [
    "侧记",
    "纪实",
    "见闻",
    "速写",
    "特写",
    "扫描",
    "记者问",
    "答问",
    "答问内容",
    "专访",
    "访谈录",
    "对话录",
    "掠影",
    "旁听记",
    "目击记",
];

/// How headlines of news from several places begin.
pub const ROUNDUPS: [&str; 8] =
    ["综述：", "通讯：", "特写：", "侧记：", "专访：", "新闻背景：", "财经观察：", "国际观察："];

/// How headlines begin that say what ought to be done.
pub const ADVISING: [&str; 16] =
    ["莫", "勿", "切莫", "切勿", "别让", "别把", "让", "要", "应", "须", "宜", "岂", "何必", "何以", "为何", "为什么"];

/// The last words of the names of columns that argue.
pub const ARGUING: [&str; 13] =
    ["谈", "论坛", "评", "论", "和音", "钟声", "议", "弹", "新语", "说事儿", "点兵", "随笔", "观点"];
/// Those of columns that argue more often than not.
pub const MUSING: [&str; 9] = ["音", "声", "语", "观", "札", "感", "思", "说", "话"];
/// Words in the names of those that report.
pub const REPORTING: [&str; 12] =
    ["走基层", "画卷", "故事", "报道", "调查", "见闻", "援手", "力量", "回响", "直击", "特稿", "现场新闻"];

/// What essays dwell on, and how they liken one thing to another; in both scripts.
pub const SCENES: [&str; 35] = [
    "仿佛",
    "彷彿",
    "宛如",
    "犹如",
    "宛若",
    "恍若",
    "似的",
    "月光",
    "炊烟",
    "炊煙",
    "晨光",
    "暮色",
    "夜色",
    "黄昏",
    "黃昏",
    "童年",
    "小时候",
    "小時候",
    "老屋",
    "故乡",
    "故鄉",
    "奶奶",
    "外婆",
    "祖母",
    "山风",
    "清风",
    "微风",
    "鸟鸣",
    "花香",
    "雨声",
    "雪花",
    "落叶",
    "静静",
    "轻轻",
    "淡淡",
];

/// How paragraphs of arguments in the old written language begin.
pub const REASONING: [&str; 11] = ["夫", "盖", "蓋", "然则", "然則", "是故", "是以", "且夫", "嗟夫", "窃以", "竊以"];

/// Words that are looked for in each paragraph, by what they say of it, in both scripts.
pub const WE: [&str; 4] = ["我们", "我們", "我愿", "同志们"];

pub const URGING: [&str; 34] = [
    "必须", "应当", "必將", "不可", "应该", "岂", "豈", "矣", "哉", "嗚呼", "庶幾", "吾人", "吾國", "，要", "既要",
    "更要", "还要", "也要", "就要", "要以", "要把", "要让", "不能", "不应", "不妨", "才能", "唯有", "惟有", "难道",
    "何必", "值得", "须知", "固然", "诚然",
];

pub const SAYING: [&str; 18] = [
    "表示",
    "说，",
    "说：",
    "说。",
    "称，",
    "称：",
    "透露",
    "介绍",
    "告诉记者",
    "告诉本报",
    "記者",
    "據悉",
    "据悉",
    "获悉",
    "獲悉",
    "云。",
    "据统计",
    "数据显示",
];

pub const DAYS: [&str; 60] = [
    "昨", "今日", "今天", "今晚", "今晨", "日前", "近日", "最近", "目前", "上午", "下午", "中午", "晚上", "上月",
    "本月", "去年", "今年", "本年", "月底", "年底", "星期", "月1", "月2", "月3", "月4", "月5", "月6", "月7", "月8",
    "月9", "月一", "月二", "月三", "月四", "月五", "月六", "月七", "月八", "月九", "月十", "月廿", "0日", "1日", "2日",
    "3日", "4日", "5日", "6日", "7日", "8日", "9日", "现已", "現已", "均已", "已于", "已於", "首次", "共有", "先后",
    "先後",
];

pub const EVENTS: [&str; 18] = [
    "举行", "舉行", "召开", "召開", "出席", "抵达", "抵達", "发布", "發佈", "发现", "發現", "发生", "發生", "参加",
    "參加", "前往", "到达", "成立",
];

pub const OFFICES: [&str; 26] = [
    "专家", "專家", "学家", "學家", "主任", "部长", "部長", "主席", "局长", "局長", "校长", "校長", "委员", "委員",
    "先生", "女士", "教授", "书记", "書記", "代表", "院长", "院長", "经理", "經理", "县长", "縣長",
];

pub const LINKING: [&str; 23] = [
    "所以",
    "因此",
    "因为",
    "因為",
    "然而",
    "但是",
    "可是",
    "其实",
    "其實",
    "虽然",
    "雖然",
    "倘",
    "盖",
    "蓋",
    "故",
    "则",
    "則",
    "之所以",
    "由此可见",
    "由此可見",
    "何况",
    "何況",
    "难免",
];

pub const EQUATING: [&str; 16] = [
    "，是",
    "，而",
    "这是",
    "這是",
    "就是",
    "，也",
    "意味着",
    "意味著",
    "不是",
    "没有",
    "沒有",
    "并非",
    "並非",
    "未必",
    "不在于",
    "绝不",
];

pub const ADDRESSES: [&str; 7] = ["兄弟", "本人", "诸君", "諸君", "各位", "同胞们", "同胞們"];
