import type { PaperSource } from '../paper-source.ts';

/** What opens a matter, by its type and subtype; of all others it is a letter of request. */
const OPENINGS: Readonly<Record<string, string>> = {
  'file-review': '阅卷申请书',
  'legal-aid/transfer': '法律援助申请',
  'legal-aid/assistance': '法律援助协作函',
  'notarization/request': '公证申请',
  'notarization/verification': '公证核实函',
};

/** What an act is called on a paper about it. */
const ACTS: Readonly<Record<string, string>> = {
  request: '请求',
  notice: '通知',
  submit: '请求函',
  receipt: '回执',
  'supplement-request': '补正告知',
  supplement: '补正材料',
  decision: '决定',
  deliver: '办理结果',
  withdraw: '撤回申请',
  close: '结案通知',
};

export function actTitle({ act, matter }: Pick<PaperSource, 'act' | 'matter'>): string {
  const opening = act.act === 'submit' ? (OPENINGS[`${matter.type}/${matter.subtype}`] ?? OPENINGS[matter.type]) : null;
  return opening ?? ACTS[act.act] ?? act.act;
}
