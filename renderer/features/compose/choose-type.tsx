import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { PROCEDURES } from '../../../shared/procedures/find-procedure.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { procedureText, procedureTitle } from '../../../shared/procedures/procedure-text.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { typeText } from '../../text/labels.ts';
import { sentence } from '../../text/sentence.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import './choose-type.css';

/** Which request it is to be; and the ones that were begun. */
export function ChooseType() {
  const { t } = useText();
  const navigate = useNavigate();
  const office = useAsk('office:show', {}).value?.office;
  const create = useTell('draft:create');
  const ours = PROCEDURES.filter((procedure) => mayOpen(procedure, office?.type));
  const others = PROCEDURES.filter((procedure) => !ours.includes(procedure));
  const begin = ({ type, subtype }: Procedure): void =>
    create.tell({ target: { kind: 'open', type, subtype } }, { onSuccess: ({ id }) => void navigate(`/drafts/${id}`) });
  return (
    <Page note={t('window.compose.notOfficial')} title={t('window.frame.newRequest')}>
      <div className="choose">
        {create.failure !== null && <FailureLine failure={create.failure} />}
        <Drafts />
        <Section title={t('window.compose.types')}>
          <Types procedures={ours} onChoose={begin} />
        </Section>
        {others.length > 0 && (
          <Section title={t('window.compose.otherTypes')}>
            <Types procedures={others} onChoose={begin} />
          </Section>
        )}
      </div>
    </Page>
  );
}

function mayOpen({ roles }: Procedure, type: string | undefined): boolean {
  const offices: readonly string[] | undefined = roles.find(({ id }) => id === 'opener')?.offices;
  return offices === undefined || type === undefined || offices.includes(type);
}

function Types({
  procedures,
  onChoose,
}: {
  readonly procedures: readonly Procedure[];
  readonly onChoose: (procedure: Procedure) => void;
}) {
  const { t } = useText();
  return (
    <ul className="choose-types">
      {procedures.map((procedure) => {
        const title = procedureTitle(t, procedure.name);
        const lead = procedureText(t, procedure.name, 'roles', 'lead');
        return (
          <li key={procedure.name}>
            <button type="button" className="choose-type sheet" onClick={() => onChoose(procedure)}>
              <span className="strong">{sentence(title)}</span>
              <span className="meta text3">{t('window.compose.toRole', { role: lead })}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Drafts() {
  const { t, moment } = useText();
  const navigate = useNavigate();
  const drafts = useAsk('draft:list', {}).value?.items.filter(({ state }) => state === 'draft') ?? [];
  const remove = useTell('draft:remove');
  if (drafts.length === 0) return null;
  return (
    <Section title={t('window.compose.drafts')}>
      <ul className="choose-drafts sheet">
        {drafts.map(({ id, title, target, updatedAt, documents }) => (
          <li key={id}>
            <button type="button" className="link clip" lang="zh-CN" onClick={() => void navigate(`/drafts/${id}`)}>
              {title === '' ? t('window.compose.untitled') : title}
            </button>
            <span className="meta text3 num">
              {[
                target.kind === 'open' ? typeText(t, target.type) : t('window.compose.actOfMatter'),
                t('window.compose.files', { count: documents }),
                moment(updatedAt),
              ].join(' · ')}
            </span>
            <Button loading={remove.isPending} size="small" onClick={() => remove.tell({ draft: id })}>
              {t('window.compose.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {remove.failure !== null && <FailureLine failure={remove.failure} />}
    </Section>
  );
}
