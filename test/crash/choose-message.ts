import { bufferSource } from '../../electron/files/bytes.ts';
import type { SealDocument } from '../../electron/packages/write-container.ts';
import type { OfficeContext } from '../../electron/usecases/context.ts';
import type { MatterSummary } from '../../electron/usecases/list-matters.ts';
import type { SendMessage } from '../../electron/usecases/send-message.ts';
import { showMatter } from '../../electron/usecases/show-matter.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import type { Form } from '../../shared/model/forms/parse-form.ts';
import type { Act } from '../../shared/model/vocabulary.ts';
import { FILE_REVIEW } from '../fixtures/forms.ts';
import type { Random } from '../fuzz/random.ts';
import { documentName, SECRET } from './crash-events.ts';

export interface Choice {
  readonly context: OfficeContext;
  readonly own: OfficeId;
  readonly others: readonly OfficeId[];
  readonly matters: readonly MatterSummary[];
  readonly tag: string;
  readonly random: Random;
}

const SUBMIT: Form = {
  ...FILE_REVIEW['submit'],
  lawyers: [{ name: '张甲', licence: '13401201810123456', firm: SECRET.firm, phone: '0551-60000000' }],
  party: { name: SECRET.party, standing: 'suspect' },
  charge: SECRET.charge,
};

/** Acts that a matter can go through again and again, so that it never ends; a new one is begun now and then all the same. */
const ACTS: readonly { readonly act: Act; readonly form: Form }[] = [
  { act: 'supplement-request', form: { ...FILE_REVIEW['supplementRequest'], where: SECRET.firm } },
  { act: 'supplement', form: { ...FILE_REVIEW['supplement'], note: SECRET.document } },
];

/** What a vault sends next: an act that its matter allows, as far as it knows, else a new matter. One in four has an enclosure for one office. */
export function chooseMessage(choice: Choice): Omit<SendMessage, 'credentials'> {
  const { own, others, tag, random } = choice;
  const documents = Array.from({ length: 1 + random.below(2) }, (_, index) => paper(tag, index, random));
  const enclosed = { to: [random.pick(others)], documents: [paper(tag, 9, random)] };
  const enclosures = random.oneIn(4) ? [enclosed] : [];
  const next = random.oneIn(5) ? null : chooseAct(choice);
  if (next !== null) return { ...next, documents, enclosures };
  const to = random.oneIn(2) ? others : others.toReversed();
  return {
    target: { type: 'file-review', to: to.filter((office) => office !== own) },
    act: 'submit',
    form: SUBMIT,
    documents,
    enclosures,
  };
}

function chooseAct({ context, matters, random }: Choice): Pick<SendMessage, 'target' | 'act' | 'form'> | null {
  if (matters.length === 0) return null;
  const { id } = random.pick(matters);
  const { allowed } = showMatter(context, id);
  const possible = ACTS.filter(({ act }) => allowed.some((one) => one.act === act));
  return possible.length === 0 ? null : { target: { matter: id }, ...random.pick(possible) };
}

/** Some kilobytes; now and then enough for several chunks of a blob. */
function paper(tag: string, index: number, random: Random): SealDocument {
  const words = index === 9 ? SECRET.enclosure : SECRET.document;
  const lines = random.oneIn(12) ? 6_000 : 20 + random.below(200);
  const bytes = Buffer.from(`${words} ${tag} ${index}\n`.repeat(lines), 'utf8');
  return { source: bufferSource(bytes), name: documentName(tag, index), kind: 'other', mediaType: 'text/plain' };
}
