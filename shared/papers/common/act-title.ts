import type { PaperSource } from '../paper-source.ts';

/** What an act is called on a paper about it. */
const ACTS: Readonly<Record<string, string>> = {
  submit: '申请（请求）',
  receipt: '回执',
  'supplement-request': '补正告知',
  supplement: '补正材料',
  decision: '决定',
  deliver: '办理结果',
  withdraw: '撤回申请',
  close: '结案通知',
};

export function actTitle({ act, matter }: Pick<PaperSource, 'act' | 'matter'>): string {
  return `${matter.title}——${ACTS[act.act] ?? act.act}`;
}
