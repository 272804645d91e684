import { Button, Input } from 'antd';
import { useState } from 'react';
import type { MatterView } from '../../../shared/ipc/channels/matter.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';

type Note = MatterView['notes'][number];

/** What the office writes for itself: it leaves the vault with no message. */
export function NotesTab({ matter }: { readonly matter: MatterView }) {
  const { t } = useText();
  const [text, setText] = useState('');
  const add = useTell('matter:add-note');
  return (
    <div className="matter-notes">
      <div className="matter-note-new">
        <label className="text2" htmlFor="new-note">
          {t('window.matter.note.new')}
        </label>
        <Input.TextArea
          id="new-note"
          className="growing"
          rows={2}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          loading={add.isPending}
          onClick={() => {
            if (text.trim() === '') document.getElementById('new-note')?.focus();
            else add.tell({ matter: matter.id, text: text.trim() }, { onSuccess: () => setText('') });
          }}
        >
          {t('window.matter.note.add')}
        </Button>
        {add.failure !== null && <FailureLine failure={add.failure} />}
      </div>
      <ul>
        {matter.notes.map((note) => (
          <NoteRow key={note.id} note={note} />
        ))}
      </ul>
    </div>
  );
}

function NoteRow({ note }: { readonly note: Note }) {
  const { t, moment } = useText();
  const [editing, setEditing] = useState<string | null>(null);
  const edit = useTell('matter:edit-note');
  const remove = useTell('matter:remove-note');
  const failure = edit.failure ?? remove.failure;
  return (
    <li className="matter-note sheet">
      <p className="meta text3 num">
        <span lang="zh-CN">{note.by}</span> · {moment(note.at)}
        {note.editedAt !== null && ` · ${t('window.matter.note.edited', { time: moment(note.editedAt) })}`}
      </p>
      {editing === null ? (
        <p className="matter-note-text">{note.text}</p>
      ) : (
        <Input.TextArea
          aria-label={t('window.matter.note.edit')}
          className="growing"
          maxLength={20_000}
          value={editing}
          onChange={(event) => setEditing(event.target.value)}
        />
      )}
      <div className="matter-note-acts">
        {editing === null ? (
          <>
            <Button size="small" onClick={() => setEditing(note.text)}>
              {t('window.matter.note.edit')}
            </Button>
            <Button size="small" loading={remove.isPending} onClick={() => remove.tell({ note: note.id })}>
              {t('window.matter.note.remove')}
            </Button>
          </>
        ) : (
          <>
            <Button size="small" onClick={() => setEditing(null)}>
              {t('window.confirm.back')}
            </Button>
            <Button
              loading={edit.isPending}
              size="small"
              type="primary"
              onClick={() => edit.tell({ note: note.id, text: editing }, { onSuccess: () => setEditing(null) })}
            >
              {t('window.matter.note.save')}
            </Button>
          </>
        )}
      </div>
      {failure !== null && <FailureLine failure={failure} />}
    </li>
  );
}
