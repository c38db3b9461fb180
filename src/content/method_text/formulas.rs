//! Every formula that was applied, in the order of the work, written from the log of the method.

use crate::config::{
    Centre, Combination, Imputation, PcaVariant, TierMethod, Treatment, Weighting,
};
use crate::content::method_text::{aggregation, normalisation, number};
use crate::content::results::Results;
use crate::index::Applied;
use crate::index::method_log::DefinitionStep;
use crate::lang::Localised;

/// A formula with its name.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::content) struct NamedFormula {
    /// What it is for.
    pub name: Localised<String>,
    /// Typst mathematics.
    pub source: String,
    /// The formula read aloud.
    pub alt: Localised<String>,
}

/// Formulas without doubles.
#[derive(Default)]
struct Found(Vec<NamedFormula>);

impl Found {
    fn add(&mut self, name: (&str, &str), source: impl Into<String>, alt: (&str, &str)) {
        let own =
            NamedFormula { name: localised(name), source: source.into(), alt: localised(alt) };
        if !self.0.contains(&own) {
            self.0.push(own);
        }
    }
}

fn localised((zh, en): (&str, &str)) -> Localised<String> {
    Localised::new(zh.to_owned(), en.to_owned())
}

/// The formulas of the edition: composites, imputation, treatment, normalisation, weights,
/// aggregation, ranks, tiers.
#[must_use]
pub(in crate::content) fn formulas(results: &Results) -> Vec<NamedFormula> {
    let log = &results.index.log;
    let mut found = Found::default();
    for step in &log.indicators {
        definition(&step.definition, &mut found);
    }
    for step in &log.data.imputation {
        imputation(step.rule, &mut found);
    }
    for step in &log.indicators {
        treatment(step.treatment.rule, step.treatment.applied, &mut found);
    }
    for step in log.indicators.iter().filter(|step| step.takes_part) {
        let (source, alt) = normalisation::formula(&step.normalisation.rule);
        let name = normalisation::name(&step.normalisation.rule);
        found.add((name.zh, name.en), source, (alt.zh, alt.en));
    }
    for step in &log.parents {
        weighting(&step.weighting.rule, &mut found);
    }
    for step in &log.parents {
        let (source, alt) = aggregation::formula(step.aggregation.rule);
        found.add(("合成", "aggregation"), source, (alt.zh, alt.en));
    }
    found.add(
        ("位次", "rank"),
        "r_j = 1 + abs({k : S_k > S_j})",
        (
            "位次r等于1加上得分更高的城市数",
            "the rank r equals one plus the number of cities with a higher score",
        ),
    );
    if let Some(step) = &log.tiers {
        tiers(&step.rule, &mut found);
    }
    if results.prints("reading") {
        reading(&mut found);
    }
    found.0
}

/// What the chapter on reading the index measures.
fn reading(found: &mut Found) {
    found.add(
        ("影响份额", "share of influence"),
        "I_i = r_i^2 / (sum_k r_k^2)",
        (
            "影响份额I等于与总指数相关系数r的平方占同级各项之和的比例",
            "the share of influence I is the squared correlation r with the index over the sum of those of the level",
        ),
    );
    found.add(
        ("克龙巴赫α系数", "Cronbach’s alpha"),
        "alpha = k / (k - 1) (1 - (sum_i sigma_i^2) / sigma^2)",
        (
            "α由k项得分各自的方差与其总和的方差求得",
            "alpha comes from the variances of the k scores and that of their sum",
        ),
    );
    found.add(
        ("耦合协调度", "coordination"),
        "C = k (product_i U_i)^(1 / k) / (sum_i U_i), quad T = sum_i a_i U_i, quad D = sqrt(C T)",
        (
            "耦合度C与发展度T由各维度折算到0至1的得分U与权重a求得，协调度D为二者之积的平方根",
            "coupling C and level T come from the dimension scores U on 0 to 1 and their weights a; coordination D is the root of their product",
        ),
    );
    found.add(
        ("障碍度", "obstacle degree"),
        "O_i = w_i (1 - z_i) / (sum_k w_k (1 - z_k))",
        (
            "障碍度O等于指标得分z距满分的差距乘以权重w，占全部指标之和的比例",
            "the obstacle degree O is the distance of the score z from the full score times the weight w, as a share of the sum over all indicators",
        ),
    );
}

fn definition(step: &DefinitionStep, found: &mut Found) {
    match step {
        DefinitionStep::Column { .. } | DefinitionStep::Formula { .. } => {}
        DefinitionStep::Count { .. } => found.add(
            ("计数", "count of records"),
            "x_j = abs(K_j)",
            ("数值x等于城市j符合条件的记录数", "the value x is the number of records of city j that satisfy the condition"),
        ),
        DefinitionStep::Share { scale, .. } => found.add(
            ("占比", "share of records"),
            format!("x_j = {} abs(K_j) / abs(N_j)", number(*scale)),
            ("数值x等于符合条件的记录数与全部记录数之比，再乘以标度", "the value x is the number of records that satisfy the condition over that of all records, times the scale"),
        ),
        DefinitionStep::WeightedCount { .. } => found.add(
            ("加权计数", "weighted count"),
            "x_j = sum_(k in K_j) g_(c(k))",
            ("数值x等于城市j各条记录按类别c的权数g之和", "the value x is the sum over the records of city j of the weight g of their class c"),
        ),
        DefinitionStep::Banded { of, .. } => {
            definition(of, found);
            found.add(
                ("分档计分", "bands"),
                "x_j = q_b, quad b = min {k : v_j < t_k}",
                ("数值x等于所在档的分值q，档b是上限t大于原值v的第一档", "the value x is the score q of the first band b whose upper end t is above the value v"),
            );
        }
        DefinitionStep::Denominated { of, scale, .. } => {
            definition(of, found);
            found.add(
                ("按基数折算", "denomination"),
                format!("x_j = {} v_j / d_j", number(*scale)),
                ("数值x等于原值v与基数d之比，再乘以倍数", "the value x is the value v over the denominator d, times a factor"),
            );
        }
    }
}

fn imputation(rule: Imputation, found: &mut Found) {
    let centre = |centre: Centre, set: &str| match centre {
        Centre::Mean => format!("hat(x)_j = 1 / abs({set}) sum_(k in {set}) x_k"),
        Centre::Median => format!("hat(x)_j = \"med\" {{x_k : k in {set}}}"),
    };
    let all =
        ("缺口以其他城市的均值或中位数补入", "a gap takes the mean or median of the other cities");
    let group = (
        "缺口以同组城市的均值或中位数补入",
        "a gap takes the mean or median of the cities of its group",
    );
    match rule {
        Imputation::None => {}
        Imputation::Centre { centre: own } => {
            found.add(("插补", "imputation"), centre(own, "K"), all);
        }
        Imputation::GroupCentre { centre: own, .. } => {
            found.add(("分组插补", "imputation by group"), centre(own, "K_g(j)"), group);
        }
        Imputation::Latest { max_age } => found.add(
            ("以最近年份插补", "imputation from the latest year"),
            format!("hat(x)_(j t) = x_(j s), quad s = max {{u : t - {max_age} <= u < t}}"),
            ("缺口取该市最近一年的数值", "a gap takes the city's newest earlier value"),
        ),
        Imputation::Linear { .. } => found.add(
            ("线性内插", "linear interpolation"),
            "hat(x)_(j t) = x_(j s) + (t - s) / (u - s) (x_(j u) - x_(j s)), quad s < t < u",
            (
                "缺口取该市前后两年连线上的值",
                "a gap lies on the straight line between the nearest year before and after",
            ),
        ),
    }
}

fn treatment(rule: Treatment, applied: Applied, found: &mut Found) {
    match rule {
        Treatment::None => {}
        Treatment::WinsoriseLog { skew, kurtosis, max_points } => {
            found.add(
                ("离群值的判定", "test for outliers"),
                format!(
                    "abs(g_1) >= {} quad \"and\" quad g_2 >= {}, quad \"at most\" {max_points} \"points drawn in\"",
                    number(skew),
                    number(kurtosis)
                ),
                ("偏度g1的绝对值与峰度g2同时达到界限者，由外向内逐点缩尾", "an indicator whose absolute skew g1 and kurtosis g2 both reach their limits is winsorised point by point"),
            );
            match applied {
                Applied::Log { mirrored: false } => found.add(
                    ("对数变换", "logarithm"),
                    "x' = ln(x - x_min + 0.01 (x_max - x_min))",
                    (
                        "缩尾仍不足时取原值的对数",
                        "where that does not do, the logarithm of the original values is taken",
                    ),
                ),
                Applied::Log { mirrored: true } => found.add(
                    ("反射对数变换", "mirrored logarithm"),
                    "x' = -ln(x_max + 0.01 (x_max - x_min) - x)",
                    (
                        "负偏时取反射后的对数",
                        "for a negative skew, the mirrored logarithm is taken",
                    ),
                ),
                _ => {}
            }
        }
        Treatment::BoxCox { lambda } => found.add(
            ("博克斯—考克斯变换", "Box–Cox transformation"),
            if lambda == 0.0 {
                "x' = ln(x - x_min + 1)".to_owned()
            } else {
                format!("x' = ((x - x_min + 1)^({0}) - 1) / ({0})", number(lambda))
            },
            (
                "原值减去最小值再加一，作幂变换",
                "the value less the smallest plus one, raised to a power",
            ),
        ),
        Treatment::PercentileClamp { lower, upper } => found.add(
            ("截尾", "percentile clamp"),
            format!("x' = min(Q_({}), max(Q_({}), x))", number(upper), number(lower)),
            ("超出上下分位数的数值取分位数", "values beyond the two quantiles are set to them"),
        ),
    }
}

fn weighting(rule: &Weighting, found: &mut Found) {
    match rule {
        Weighting::Given => {}
        Weighting::Equal => found.add(
            ("等权", "equal weights"),
            "w_i = 1 / m",
            ("权重w等于组成部分个数m的倒数", "the weight w is one over the number m of components"),
        ),
        Weighting::BudgetAllocation { .. } => found.add(
            ("预算分配", "budget allocation"),
            "w_i = 1 / E sum_(e = 1)^E a_(i e) / (sum_k a_(k e))",
            ("权重w等于各位专家分配份额的平均", "the weight w is the mean of the shares given by the experts"),
        ),
        Weighting::Ahp { .. } => found.add(
            ("层次分析", "analytic hierarchy process"),
            "A w = lambda_max w, quad \"CI\" = (lambda_max - m) / (m - 1), quad \"CR\" = \"CI\" / \"RI\"",
            ("权重w为判断矩阵A的主特征向量，一致性比率CR等于一致性指标CI与随机一致性指标RI之比", "the weights w are the principal eigenvector of the judgements A; the consistency ratio CR is the consistency index CI over the random index RI"),
        ),
        Weighting::Entropy { .. } => found.add(
            ("熵值法", "entropy weights"),
            "p_(i j) = v_(i j) / (sum_k v_(i k)), quad e_i = -1 / (ln n) sum_j p_(i j) ln p_(i j), quad w_i = (1 - e_i) / (sum_k (1 - e_k))",
            ("熵e由各城市的份额p求得，权重w与1减去熵成正比", "the entropy e is taken of the cities' shares p; the weight w is proportional to one less the entropy"),
        ),
        Weighting::Critic { .. } => found.add(
            ("CRITIC法", "CRITIC"),
            "c_i = sigma_i sum_k (1 - r_(i k)), quad w_i = c_i / (sum_k c_k)",
            ("权重w与标准差乘以冲突性之积成正比", "the weight w is proportional to the standard deviation times the conflict with the others"),
        ),
        Weighting::CoefficientOfVariation { .. } => found.add(
            ("变异系数法", "coefficients of variation"),
            "w_i = (sigma_i / mu_i) / (sum_k sigma_k / mu_k)",
            ("权重w与变异系数成正比", "the weight w is proportional to the coefficient of variation"),
        ),
        Weighting::StandardDeviation { .. } => found.add(
            ("标准差法", "standard deviations"),
            "w_i = sigma_i / (sum_k sigma_k)",
            ("权重w与标准差成正比", "the weight w is proportional to the standard deviation"),
        ),
        Weighting::Pca { variant, .. } => {
            let source = match variant {
                PcaVariant::Loadings => "w_i = v_(i 1) / (sum_k v_(k 1))",
                PcaVariant::SquaredLoadings => "w_i = v_(i 1)^2",
                PcaVariant::VarianceWeighted => {
                    "w_i = (sum_c lambda_c abs(v_(i c))) / (sum_k sum_c lambda_c abs(v_(k c)))"
                }
                PcaVariant::Rotated => {
                    "w_i prop max_c (l_(i c)^2 / (sum_k l_(k c)^2)) (sum_k l_(k c)^2) / (sum_d sum_k l_(k d)^2)"
                }
            };
            found.add(
                ("主成分赋权", "principal components"),
                source,
                ("权重w由主成分的系数v、特征值与载荷l求得", "the weights w come from coefficients v, eigenvalues and loadings l of the components"),
            );
        }
        Weighting::Combined { first, second, form } => {
            weighting(first, found);
            weighting(second, found);
            let source = match form {
                Combination::Product => "w_i = a_i b_i / (sum_k a_k b_k)".to_owned(),
                Combination::Linear { share } => {
                    format!("w_i = {} a_i + {} b_i", number(*share), number(1.0 - share))
                }
            };
            found.add(
                ("组合赋权", "combined weights"),
                source,
                ("权重w由两组权重a与b合成", "the weights w combine two sets a and b"),
            );
        }
    }
}

fn tiers(rule: &TierMethod, found: &mut Found) {
    let (source, alt) = match rule {
        TierMethod::NaturalBreaks => (
            "min sum_g sum_(j in g) (S_j - overline(S)_g)^2",
            ("使组内离差平方和最小", "the sum of squared distances within the tiers is least"),
        ),
        TierMethod::Ward => (
            "d(A, B)^2 = (2 abs(A) abs(B)) / (abs(A) + abs(B)) norm(c_A - c_B)^2",
            (
                "逐次合并两组重心c的加权距离最小者",
                "the two clusters are merged whose centroids c are closest in weighted distance",
            ),
        ),
        TierMethod::RsrProbit(_) => (
            "y_j = 5 + Phi^(-1)(overline(R)_j / n)",
            (
                "概率单位y由平均位次与城市数之比求得",
                "the probit y comes from the mean rank over the number of cities",
            ),
        ),
        TierMethod::Quantiles | TierMethod::FixedCuts(_) | TierMethod::LargestGap => {
            return goodness(found);
        }
    };
    found.add(("梯队", "tiers"), source, alt);
    goodness(found);
}

fn goodness(found: &mut Found) {
    found.add(
        ("方差拟合优度", "goodness of variance fit"),
        "\"GVF\" = 1 - (sum_g sum_(j in g) (S_j - overline(S)_g)^2) / (sum_j (S_j - overline(S))^2)",
        ("方差拟合优度等于1减去组内离差平方和与总离差平方和之比", "the goodness of variance fit is one less the squared distances within the tiers over those of all cities"),
    );
}
