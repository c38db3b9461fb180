//! Roles of columns and the headers they go by, in English and Chinese.

/// What a column is for, and the headers it may bear, the preferred one first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role(pub(super) &'static [&'static str]);

impl Role {
    /// The preferred header, used in messages.
    pub(super) const fn name(self) -> &'static str {
        self.0[0]
    }
}

/// What a pair of columns in two languages is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct PairRole {
    /// The Chinese column.
    pub(super) zh: Role,
    /// The English column.
    pub(super) en: Role,
    /// One column for both languages.
    pub(super) both: Role,
}

/// The unit of a row.
pub(super) const UNIT: Role = Role(&[
    "unit",
    "code",
    "unit_code",
    "city_code",
    "代码",
    "城市代码",
    "行政区划代码",
    "区划代码",
    "city",
    "城市",
    "单位",
    "地区",
    "城市名称",
    "单位名称",
    "地区名称",
    "city_name",
    "name",
    "名称",
    "name_zh",
    "short_zh",
    "name_en",
]);
/// The indicator of a row of a long table.
pub(super) const INDICATOR: Role =
    Role(&["indicator", "指标", "指标名称", "指标代码", "variable", "变量"]);
/// The year of a row.
pub(super) const YEAR: Role = Role(&["year", "年份", "年度", "年"]);
/// The value of a row.
pub(super) const VALUE: Role = Role(&["value", "数值", "值", "取值", "指标值"]);
/// The unit of measurement of a row.
pub(super) const MEASURE: Role = Role(&["measure", "计量单位", "量纲", "unit_of_measure", "单位"]);
/// How far the value can be relied upon.
pub(super) const STATUS: Role = Role(&["status", "状态", "数据状态"]);
/// The key of the source.
pub(super) const SOURCE: Role = Role(&["source", "来源", "数据来源", "资料来源"]);
/// Where in the source.
pub(super) const SOURCE_REF: Role = Role(&["source_ref", "出处", "来源位置"]);
/// Anything else there is to say.
pub(super) const NOTE: Role = Role(&["note", "备注", "说明", "notes"]);
/// When it happened.
pub(super) const DATE: Role = Role(&["date", "日期", "时间", "发布时间", "发布日期"]);
/// The node of the framework.
pub(super) const NODE: Role = Role(&["node", "节点", "维度"]);
/// A published rank.
pub(super) const RANK: Role = Role(&["rank", "排名", "名次", "位次"]);
/// The name templates call a row by.
pub(super) const KEY: Role = Role(&["key", "键", "代号"]);
/// How a fact's value is meant.
pub(super) const OPERATOR: Role = Role(&["operator", "算符", "关系"]);
/// The time a fact refers to.
pub(super) const PERIOD: Role = Role(&["period", "时期", "时段"]);
/// Where a source was read.
pub(super) const DETAIL: Role = Role(&["detail", "详情", "说明"]);
/// Under which licence.
pub(super) const LICENCE: Role = Role(&["licence", "license", "许可", "许可证"]);
/// What sort of source.
pub(super) const KIND: Role = Role(&["kind", "类型", "类别"]);
/// Code of a unit in the gazetteer.
pub(super) const CODE: Role = Role(&[
    "code",
    "代码",
    "城市代码",
    "行政区划代码",
    "区划代码",
    "unit",
    "unit_code",
    "city_code",
]);
/// Longitude in degrees.
pub(super) const LON: Role = Role(&["lon", "longitude", "经度"]);
/// Latitude in degrees.
pub(super) const LAT: Role = Role(&["lat", "latitude", "纬度"]);
/// Administrative rank as a word for programs.
pub(super) const ADMIN_RANK_CODE: Role = Role(&["admin_rank"]);
/// Short Chinese name.
pub(super) const SHORT_ZH: Role = Role(&["short_zh", "简称"]);

/// Name of a unit.
pub(super) const NAME: PairRole = PairRole {
    zh: Role(&["name_zh", "中文名称", "中文名", "全称", "城市名称", "城市", "名称"]),
    en: Role(&["name_en", "英文名称", "英文名", "拼音"]),
    both: Role(&["name"]),
};
/// Province of a unit.
pub(super) const PROVINCE: PairRole = PairRole {
    zh: Role(&["province_zh", "省份", "省", "所属省份"]),
    en: Role(&["province_en"]),
    both: Role(&["province"]),
};
/// Region of a unit.
pub(super) const REGION: PairRole = PairRole {
    zh: Role(&["region_zh", "区域", "地带"]),
    en: Role(&["region_en"]),
    both: Role(&["region"]),
};
/// Agglomeration of a unit.
pub(super) const AGGLOMERATION: PairRole = PairRole {
    zh: Role(&["agglomeration_zh", "城市群"]),
    en: Role(&["agglomeration_en"]),
    both: Role(&["agglomeration"]),
};
/// Administrative rank of a unit.
pub(super) const ADMIN_RANK: PairRole = PairRole {
    zh: Role(&["admin_rank_zh", "行政级别"]),
    en: Role(&["admin_rank_en"]),
    both: Role(&["admin_rank"]),
};
/// Title of an event or a source.
pub(super) const TITLE: PairRole = PairRole {
    zh: Role(&["title_zh", "event_zh", "标题", "政策名称", "文件名称", "事件", "事项"]),
    en: Role(&["title_en", "event_en", "英文标题"]),
    both: Role(&["title", "event"]),
};
/// What an event is about.
pub(super) const CONTENT: PairRole = PairRole {
    zh: Role(&["content_zh", "内容", "主要内容", "政策内容"]),
    en: Role(&["content_en"]),
    both: Role(&["content"]),
};
/// A note in two languages.
pub(super) const NOTES: PairRole = PairRole {
    zh: Role(&["note_zh", "备注", "说明"]),
    en: Role(&["note_en"]),
    both: Role(&["note"]),
};
/// What a fact says.
pub(super) const LABEL: PairRole = PairRole {
    zh: Role(&["label_zh", "标签", "指标", "指标名称"]),
    en: Role(&["label_en"]),
    both: Role(&["label"]),
};
/// Unit of measurement in two languages.
pub(super) const MEASURES: PairRole = PairRole {
    zh: Role(&["measure_zh", "计量单位"]),
    en: Role(&["measure_en"]),
    both: Role(&["measure"]),
};
/// A raw column that has a printed name.
pub(super) const COLUMN: Role = Role(&["column", "列", "列名", "变量", "indicator", "指标"]);
/// Printed name of a raw column.
pub(super) const COLUMN_NAME: PairRole = PairRole {
    zh: Role(&["name_zh", "名称", "中文名称"]),
    en: Role(&["name_en", "英文名称", "英文名"]),
    both: Role(&["name"]),
};
/// A term of the glossary.
pub(super) const TERM: PairRole = PairRole {
    zh: Role(&["term_zh", "术语", "中文术语"]),
    en: Role(&["term_en", "英文术语"]),
    both: Role(&["term"]),
};
/// What a term means.
pub(super) const DEFINITION: PairRole = PairRole {
    zh: Role(&["definition_zh", "定义", "释义"]),
    en: Role(&["definition_en"]),
    both: Role(&["definition"]),
};
/// English name of a unit or node.
pub(super) const NAME_EN: Role = Role(&["name_en", "英文名称", "英文名"]);
/// Name by which edges call a node.
pub(super) const NODE_ID: Role =
    Role(&["id", "node", "node_id", "编号", "节点编号", "节点", "key", "name", "名称"]);
/// Printed name of a node.
pub(super) const NODE_NAME: Role =
    Role(&["name", "name_zh", "名称", "节点名称", "企业名称", "机构名称", "label", "标签"]);
/// Unit of the gazetteer in which a node or an entity lies.
pub(super) const PLACE: Role = Role(&[
    "unit",
    "unit_code",
    "city",
    "city_code",
    "城市",
    "所在城市",
    "城市代码",
    "行政区划代码",
    "所在地",
    "city_zh",
]);
/// Type of a node or an edge.
pub(super) const TYPE: Role = Role(&["type", "kind", "类型", "节点类型", "关系类型"]);
/// Category of a node or an entity.
pub(super) const CATEGORY: Role = Role(&["category", "类别", "分类", "领域", "category_zh"]);
/// Weight of a node or an edge.
pub(super) const WEIGHT: Role = Role(&["weight", "权重"]);
/// English name of a category.
pub(super) const CATEGORY_EN: Role = Role(&["category_en", "类别英文", "英文类别"]);
/// How many entities a row stands for.
pub(super) const COUNT: Role = Role(&["count", "number", "数量", "个数"]);
/// Node an edge leads from.
pub(super) const EDGE_SOURCE: Role =
    Role(&["source", "from", "source_id", "起点", "源节点", "源", "提供方"]);
/// Node an edge leads to.
pub(super) const EDGE_TARGET: Role =
    Role(&["target", "to", "target_id", "终点", "目标节点", "目标", "接受方"]);
/// Published in-degree.
pub(super) const IN_DEGREE: Role = Role(&["in_degree", "连入度", "入度"]);
/// Published out-degree.
pub(super) const OUT_DEGREE: Role = Role(&["out_degree", "连出度", "出度"]);
/// Published total degree.
pub(super) const DEGREE: Role = Role(&["degree", "total_degree", "度数中心度", "度数", "度"]);
/// Published share in per cent.
pub(super) const SHARE: Role = Role(&["share_pct", "share", "占比", "比重"]);
/// Side of a table of shares: giving or taking.
pub(super) const SIDE: Role = Role(&["side", "方向", "类型"]);
/// Place of a published share.
pub(super) const SHARE_PLACE: PairRole = PairRole {
    zh: Role(&["place_zh", "province_zh", "city_zh", "region_zh", "省份", "城市", "地区"]),
    en: Role(&["place_en", "province_en", "city_en", "region_en"]),
    both: Role(&["place", "province", "city", "region"]),
};
/// Where a published flow comes from.
pub(super) const FLOW_FROM: PairRole = PairRole {
    zh: Role(&["from_zh", "流出地", "流出"]),
    en: Role(&["from_en"]),
    both: Role(&["from"]),
};
/// Where a published flow goes to.
pub(super) const FLOW_TO: PairRole =
    PairRole {
        zh: Role(&["to_zh", "流入地", "流入"]), en: Role(&["to_en"]), both: Role(&["to"])
    };
