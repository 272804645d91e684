import { SearchOutlined } from '@ant-design/icons';
import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAsk } from '../../data/use-ask.ts';
import { actText, stateText, typeText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { MarkedText } from '../../ui/marked-text.tsx';
import './search-palette.css';

interface Hit {
  readonly key: string;
  readonly group: 'matters' | 'offices' | 'messages';
  readonly path: string;
  readonly first: ReactNode;
  readonly second: ReactNode;
}

const MATTERS = 5;
const OFFICES = 4;
const MESSAGES = 8;

/** Matters, offices and full text in one field. Arrows choose, Enter opens. */
export function SearchPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const { hits, failure } = useHits(useDeferredValue(typed.trim()));
  const at = Math.min(active, hits.length - 1);

  // At once, not when the dialog has finished opening: what is typed right behind the shortcut would be lost.
  useEffect(() => field.current?.focus(), []);

  const open = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    onClose();
    void navigate(hit.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setActive(Math.max(0, Math.min(hits.length - 1, at + step)));
  };

  return (
    <Dialog
      classNames={{ header: 'unseen' }}
      closable={false}
      first={field}
      style={{ top: 64 }}
      title={t('window.frame.search')}
      width={640}
      onCancel={onClose}
    >
      <Input
        ref={field}
        aria-activedescendant={hits.length === 0 ? undefined : `${id}-${at}`}
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-expanded={hits.length > 0}
        aria-label={t('window.frame.search')}
        placeholder={t('window.frame.search')}
        prefix={<SearchOutlined aria-hidden />}
        role="combobox"
        size="large"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        onPressEnter={() => open(hits[at])}
      />
      <div id={`${id}-list`} aria-label={t('window.palette.hits')} className="palette" role="listbox" tabIndex={-1}>
        {hits.map((hit, index) => (
          <div key={hit.key} role="presentation">
            {hits[index - 1]?.group !== hit.group && (
              <div aria-hidden className="palette-group">
                {t(`window.palette.${hit.group}`)}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys for all hits */}
            <div
              id={`${id}-${index}`}
              aria-selected={index === at}
              className="palette-hit"
              role="option"
              tabIndex={-1}
              onClick={() => open(hit)}
              onMouseMove={() => setActive(index)}
            >
              <div className="clip">{hit.first}</div>
              <div className="clip meta text3">{hit.second}</div>
            </div>
          </div>
        ))}
      </div>
      {failure !== null && <ErrorSheet failure={failure} />}
      {failure === null && typed.trim() !== '' && hits.length === 0 && (
        <p className="text3 palette-none">{t('window.palette.none')}</p>
      )}
    </Dialog>
  );
}

function useHits(query: string) {
  const { t, moment } = useText();
  const enabled = query !== '';
  const matters = useAsk(
    'matter:list',
    { filter: { query }, sort: { by: 'updated', descending: true }, limit: MATTERS, after: null },
    { enabled, keep: true },
  );
  const offices = useAsk('directory:list', { name: query, limit: OFFICES, after: null }, { enabled, keep: true });
  const messages = useAsk('search:find', { query, limit: MESSAGES, after: null }, { enabled, keep: true });
  if (!enabled) return { hits: [], failure: null };
  const hits: Hit[] = [
    ...(matters.value?.items ?? []).map(
      (row): Hit => ({
        key: `matter/${row.id}`,
        group: 'matters',
        path: `/matters/${row.id}`,
        first: row.title,
        second: [typeText(t, row.type), stateText(t, row), row.counterpart.name].join(' · '),
      }),
    ),
    ...(offices.value?.items ?? []).map(
      ({ office }): Hit => ({
        key: `office/${office.id}`,
        group: 'offices',
        path: `/directory/${office.id}`,
        first: office.name,
        second: [t(`window.officeType.${office.type}`), office.id].join(' · '),
      }),
    ),
    ...(messages.value?.items ?? [])
      .filter(({ matter }) => matter !== null)
      .map(
        (hit): Hit => ({
          key: `message/${hit.m}`,
          group: 'messages',
          path: `/matters/${hit.matter}?message=${hit.m}`,
          first: <MarkedText {...hit.title} />,
          second: (
            <>
              {hit.act !== null && `${actText(t, hit.act)} · `}
              {hit.sender.name} · {moment(hit.storedAt)}
              {hit.context !== null && (
                <>
                  {' · '}
                  <MarkedText {...hit.context} />
                </>
              )}
            </>
          ),
        }),
      ),
  ];
  return { hits, failure: matters.failure ?? offices.failure ?? messages.failure };
}
