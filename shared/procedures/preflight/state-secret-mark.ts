/**
 * Marks of state secrets (保守国家秘密法 and its 标志 rules): 绝密★30年, 机密★, 秘密★长期; on covers and in names also bracketed, alone, or as 机密级, 机密件. Words that
 * merely contain them are no mark: 商业秘密, 泄露国家秘密罪, 保密协议, 秘密窃取.
 */

/** People write them with spaces between the characters, or full-width. Runs of spaces are one by then: no pattern here may look back over a long text twice. */
const LEVEL = '(绝\\s?密|机\\s?密|秘\\s?密)';
/** Other secrets than those of the state. */
const OTHER = '商业|技术|经营|企业|公司|客户|个人|行业|工作';
const NOT_OTHER = `(?<!${OTHER})`;
/** In names 国家秘密 is what a paper speaks of (国家秘密鉴定意见), not what it is. */
const NOT_SPOKEN_OF = `(?<!${OTHER}|国家)`;

const STARRED = new RegExp(`${NOT_OTHER}${LEVEL}\\s?(?:级|件)?\\s?(?:[★☆]|[*＊]\\s?(?:\\d|长期))`, 'u');
const DECLARED = new RegExp(`(?:密级|保密等级)\\s?[：:]?\\s?(?:为|是)?\\s?${LEVEL}`, 'u');
const ALONE = new RegExp(`^\\s?[（(【〔\\[]?\\s?${LEVEL}\\s?(?:级|件)?\\s?[）)】〕\\]]?\\s?$`, 'mu');
const BRACKETED = new RegExp(`[（(【〔\\[]\\s?${LEVEL}\\s?(?:级|件)?\\s?[）)】〕\\]]`, 'u');
/** In names: before or after a separator, or as the kind of paper. */
const NAMED = new RegExp(
  `(?:^|[\\s_—–·.-])${LEVEL}(?:级|件)?(?=$|[\\s_—–·.-])|${NOT_SPOKEN_OF}${LEVEL}(?:级|件|文件|材料|卷宗|文书|档案|资料)`,
  'u',
);

/** The mark that a text of a form carries; null where it carries none. */
export function findMarkInText(text: string): string | null {
  return firstOf([STARRED, DECLARED, ALONE], text);
}

/** The mark that a document's name carries; null where it carries none. */
export function findMarkInName(name: string): string | null {
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/u, '');
  return firstOf([STARRED, DECLARED, ALONE, BRACKETED, NAMED], stem);
}

function firstOf(patterns: readonly RegExp[], text: string): string | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/\s*\n\s*/gu, '\n')
    .trim();
  for (const pattern of patterns) {
    const match = pattern.exec(plain);
    if (match !== null) return (match[1] ?? match[2] ?? '').replace(/\s/gu, '');
  }
  return null;
}
