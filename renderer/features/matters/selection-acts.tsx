import { Button, Select } from 'antd';
import type { MatterId, PersonId } from '../../../shared/model/brand.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import type { Persons } from './matters.tsx';

interface Props {
  readonly selected: readonly MatterId[];
  readonly persons: Persons;
  readonly onClear: () => void;
}

/** What can be done to many at once. Signing is not among it. */
export function SelectionActs({ selected, persons, onClear }: Props) {
  const { t } = useText();
  const assign = useTell('matter:assign');
  return (
    <>
      <span className="text2">{t('window.matters.selected', { count: selected.length })}</span>
      <Select<PersonId>
        aria-label={t('window.matters.assign')}
        options={[...persons].map(([value, label]) => ({ value, label }))}
        placeholder={t('window.matters.assign')}
        popupMatchSelectWidth={false}
        size="small"
        value={null}
        onChange={(person) => assign.tell({ matters: [...selected], person }, { onSuccess: onClear })}
      />
      <Button size="small" type="link" onClick={onClear}>
        {t('window.matters.clearSelection')}
      </Button>
      {assign.failure !== null && <FailureLine failure={assign.failure} />}
    </>
  );
}
