"""Words that are good or bad beyond doubt, English and Chinese, from which others are mined."""

from textaug.languages.en import listed

POSITIVE = listed(
    """
    good great excellent wonderful brilliant superb fantastic amazing awesome perfect beautiful delightful lovely
    fabulous marvelous outstanding terrific enjoyable best

    好 很好 不错 优秀 精彩 满意 喜欢 漂亮 完美 出色 舒服 热情 方便 值得 推荐 实用 美丽 开心 愉快 干净
    """
)
NEGATIVE = listed(
    """
    bad awful terrible horrible poor worst boring dull disappointing pathetic dreadful lousy stupid mediocre ridiculous
    atrocious abysmal annoying worthless

    差 很差 太差 糟糕 失望 垃圾 恶劣 难看 讨厌 无聊 后悔 麻烦 糟 最差 气愤 肮脏 破旧 冷漠 上当 投诉
    """
)
