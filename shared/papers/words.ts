/** The words that papers use for the closed lists of the forms. An unknown one shows as it is: better odd than silently missing. */

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: { defender: '辩护人', 'litigation-agent': '诉讼代理人' },
  basis: { entrusted: '受当事人或者其监护人、近亲属委托', 'legal-aid': '由法律援助机构指派' },
  standing: { suspect: '犯罪嫌疑人', defendant: '被告人', victim: '被害人', other: '当事人' },
  stage: {
    'prosecution-review': '审查起诉',
    'first-instance': '第一审',
    'second-instance': '第二审',
    retrial: '审判监督',
    'death-review': '死刑复核',
  },
  mode: { remote: '异地阅卷', online: '线上阅卷', 'on-site': '现场阅卷' },
  scope: { read: '查阅', excerpt: '摘抄', copy: '复制' },
  matterKind: {
    'criminal-defence': '刑事辩护',
    'criminal-agency': '刑事代理',
    'state-compensation': '请求国家赔偿',
    'social-insurance': '请求给予社会保险待遇或者社会救助',
    'pension-relief': '请求发给抚恤金',
    maintenance: '请求给付赡养费、抚养费、扶养费',
    labour: '请求确认劳动关系或者支付劳动报酬',
    'civil-capacity': '请求认定公民无民事行为能力或者限制民事行为能力',
    'injury-compensation': '请求工伤事故、交通事故、食品药品安全事故、医疗事故人身损害赔偿',
    'righteous-act': '见义勇为相关民事权益',
    retrial: '再审改判无罪人员请求国家赔偿及申诉再审',
    'domestic-violence': '遭受虐待、遗弃或者家庭暴力主张相关权益',
    other: '法律、法规、规章规定的其他情形',
  },
  manner: { defence: '刑事辩护', agency: '代理', advice: '法律咨询', drafting: '代拟法律文书', other: '其他法律服务' },
  assistance: {
    'means-check': '查证身份和经济状况',
    evidence: '调查取证',
    visit: '会见',
    hearing: '开庭',
    service: '送达',
    'file-transfer': '移送申请材料',
    other: '其他',
  },
  paperForm: { original: '原件', copy: '复印件', electronic: '电子件' },
  method: { archive: '查阅档案', visit: '实地走访', letter: '函询', any: '由贵处确定' },
  result: { true: '属实', untrue: '不属实', unverifiable: '无法核实' },
  identity: {
    'resident-id': '居民身份证',
    passport: '护照',
    'mainland-travel-permit': '来往内地通行证',
    'foreigner-residence-permit': '外国人永久居留身份证',
    other: '其他证件',
  },
  part: { lead: '主办机构', opener: '发起机构', other: '参与机构' },
  receipt: { delivered: '已签收', opened: '已阅看', refused: '拒收' },
  indication: { TOTAL_PASSED: '签名有效', INDETERMINATE: '不能确定', TOTAL_FAILED: '签名无效' },
};

export function word(list: string, value: string): string {
  return WORDS[list]?.[value] ?? value;
}

export function wordsOf(list: string, values: readonly string[]): string {
  return values.map((value) => word(list, value)).join('、');
}
