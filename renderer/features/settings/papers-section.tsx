import { SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { ListState } from './list-state.tsx';

type Pattern = ResponseOf<'paper:patterns'>['items'][number];

/** By which pattern this office numbers each kind of paper: none is built in, for a number that an office did not give is a false one. */
export function PapersSection() {
  const { t } = useText();
  const patterns = useAsk('paper:patterns', {});
  const [wanted, setWanted] = useState('');
  return (
    <>
      <Input
        allowClear
        aria-label={t('window.settings.papers.search')}
        placeholder={t('window.settings.papers.search')}
        prefix={<SearchOutlined aria-hidden />}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <div className="settings-below">
        <ListState answer={patterns} empty={t('window.settings.papers.noHit')}>
          {(items) => {
            const found = items.filter(({ id, title }) => title.includes(wanted.trim()) || id.includes(wanted.trim()));
            return (
              <div className="sheet">
                {found.length === 0 ? (
                  <Empty act={<Button onClick={() => setWanted('')}>{t('window.filter.clear')}</Button>}>
                    {t('window.settings.papers.noHit')}
                  </Empty>
                ) : (
                  found.map((paper) => <Row key={paper.id} paper={paper} />)
                )}
              </div>
            );
          }}
        </ListState>
      </div>
    </>
  );
}

function Row({ paper: { id: paper, title, pattern } }: { readonly paper: Pattern }) {
  const { t } = useText();
  const set = useTell('paper:set-pattern');
  const [typed, setTyped] = useState(pattern ?? '');
  const id = useId();
  const save = (): void => {
    const next = typed.trim() === '' ? null : typed.trim();
    if (next !== pattern) set.tell({ paper, pattern: next });
  };
  return (
    <div className="settings-row">
      <label htmlFor={id} lang="zh-CN">
        {title}
      </label>
      <Input
        id={id}
        lang="zh-CN"
        maxLength={80}
        placeholder={t('window.settings.papers.example')}
        style={{ width: 260 }}
        value={typed}
        onBlur={save}
        onChange={(event) => setTyped(event.target.value)}
        onPressEnter={save}
      />
      {set.failure !== null && <FailureLine failure={set.failure} />}
    </div>
  );
}
