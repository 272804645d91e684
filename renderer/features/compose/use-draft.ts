import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftView } from '../../../shared/ipc/channels/draft.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { ask } from '../../bridge.ts';
import { type Failure, failureOf } from '../../data/use-ask.ts';
import type { FormDraft } from '../../ui/form/form-value.ts';

/** Pause in typing after which the draft is stored. */
const PAUSE = 600;

export interface DraftEdit {
  readonly form: FormDraft;
  readonly setForm: (form: FormDraft) => void;
  readonly setRecipients: (offices: readonly OfficeId[], form?: FormDraft) => void;
  /** Stores what is not stored yet. @returns the revision that holds it; null where it could not be stored */
  readonly flush: () => Promise<number | null>;
  readonly savedAt: string;
  readonly failure: Failure | null;
}

interface Change {
  form?: FormDraft;
  recipients?: OfficeId[];
}

/** A draft under somebody's hands: every pause stores it, one change at a time, each upon the revision that the last one made. */
export function useDraftEdit(draft: DraftView): DraftEdit {
  const client = useQueryClient();
  const [form, setShown] = useState<FormDraft>(draft.form);
  const [savedAt, setSavedAt] = useState<string>(draft.updatedAt);
  const [failure, setFailure] = useState<Failure | null>(null);
  const pending = useRef<Change>({});
  const revision = useRef(draft.revision);
  const running = useRef<Promise<number | null>>(Promise.resolve(draft.revision));
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  // Asked for anew, the draft may come in a revision that another window made.
  revision.current = Math.max(revision.current, draft.revision);

  const store = useCallback(async (): Promise<number | null> => {
    const change = pending.current;
    if (change.form === undefined && change.recipients === undefined) return revision.current;
    pending.current = {};
    try {
      const stored = await ask('draft:update', {
        draft: draft.id,
        revision: revision.current,
        ...(change.form === undefined ? {} : { form: change.form as DraftView['form'] }),
        ...(change.recipients === undefined ? {} : { recipients: change.recipients }),
      });
      revision.current = stored.revision;
      client.setQueryData(['draft:show', { draft: draft.id }], stored);
      void client.invalidateQueries({ queryKey: ['draft:preflight'] });
      setSavedAt(stored.updatedAt);
      setFailure(null);
      return stored.revision;
    } catch (error) {
      pending.current = { ...change, ...pending.current };
      setFailure(failureOf(error));
      return null;
    }
  }, [client, draft.id]);

  const flush = useCallback((): Promise<number | null> => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    running.current = running.current.then(store);
    return running.current;
  }, [store]);

  const later = (change: Change): void => {
    pending.current = { ...pending.current, ...change };
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), PAUSE);
  };
  // What was typed last is stored on the way out too.
  useEffect(() => () => void flush(), [flush]);

  return {
    form,
    savedAt,
    failure,
    flush,
    setForm: (next) => {
      setShown(next);
      later({ form: next });
    },
    setRecipients: (offices, next) => {
      if (next !== undefined) setShown(next);
      pending.current = {
        ...pending.current,
        recipients: [...offices],
        ...(next === undefined ? {} : { form: next }),
      };
      void flush();
    },
  };
}
