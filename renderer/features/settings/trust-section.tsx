import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { CertificateView, ChosenFile } from '../../../shared/ipc/parts.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import { shortName } from '../../../shared/text/distinguished-name.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { ListState } from './list-state.tsx';

/** Whose word this office takes for who somebody is. */
export function TrustSection() {
  const { t, moment } = useText();
  const anchors = useAsk('trust:list-anchors', {});
  const [removing, setRemoving] = useState<CertificateView | null>(null);
  const remove = useTell('trust:remove-anchor');
  const back = (): void => {
    setRemoving(null);
    remove.forget();
  };
  return (
    <>
      <ListState answer={anchors} empty={t('window.settings.trust.none')}>
        {(items) => (
          <ul className="sheet settings-rows">
            {items.map(({ certificate, addedAt, addedBy }) => (
              <li key={certificate.sha256}>
                <div>
                  <div>{shortName(certificate.subject)}</div>
                  <div className="meta text3 num">
                    {t('window.settings.trust.added', { time: moment(addedAt), by: addedBy })}
                  </div>
                </div>
                <Button size="small" onClick={() => setRemoving(certificate)}>
                  {t('window.settings.trust.remove')}
                </Button>
                <div className="settings-wide">
                  <Fingerprint value={certificate.sha256} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </ListState>
      <AddAnchors />
      <ConfirmAct
        busy={remove.isPending}
        failure={remove.failure}
        open={removing !== null}
        title={t('window.settings.trust.removeTitle')}
        verb={t('window.settings.trust.removeVerb')}
        onBack={back}
        onConfirm={() => removing !== null && remove.tell({ certificate: removing.sha256 }, { onSuccess: back })}
      >
        <p>{t('window.settings.trust.removeBody', { name: shortName(removing?.subject ?? '') })}</p>
      </ConfirmAct>
    </>
  );
}

interface ReadFile {
  readonly file: ChosenFile;
  readonly items: readonly CertificateView[];
}

/** What a file holds is shown first, to be compared; nothing of it is trusted for having been chosen. */
function AddAnchors() {
  const { t } = useText();
  const choose = useTell('file:choose');
  const read = useTell('trust:read-file');
  const add = useTell('trust:add-anchors');
  const [found, setFound] = useState<ReadFile | null>(null);
  const [picked, setPicked] = useState<readonly Sha256[]>([]);
  const start = (): void =>
    choose.tell(
      { purpose: 'certificates', several: false },
      {
        onSuccess: ({ files: [file] }) =>
          file !== undefined &&
          read.tell({ file: file.token }, { onSuccess: ({ items }) => setFound({ file, items }) }),
      },
    );
  const close = (): void => {
    setFound(null);
    setPicked([]);
    add.forget();
  };
  return (
    <div className="settings-below settings-acts">
      <Button loading={read.isPending} onClick={start}>
        {t('window.settings.trust.add')}
      </Button>
      {read.failure !== null && <FailureLine failure={read.failure} />}
      <Dialog
        destroyOnHidden
        open={found !== null}
        title={t('window.settings.trust.compare')}
        width={640}
        onCancel={close}
      >
        <p className="text2">{t('window.settings.trust.compareNote')}</p>
        <ul className="settings-rows">
          {found?.items.map(({ sha256, subject }) => (
            <li key={sha256}>
              <Checkbox
                checked={picked.includes(sha256)}
                onChange={({ target }) =>
                  setPicked(target.checked ? [...picked, sha256] : picked.filter((other) => other !== sha256))
                }
              >
                {shortName(subject)}
              </Checkbox>
              <div className="settings-wide">
                <Fingerprint value={sha256} />
              </div>
            </li>
          ))}
        </ul>
        {add.failure !== null && <FailureLine failure={add.failure} />}
        <div className="confirm-acts">
          <Button onClick={close}>{t('window.confirm.back')}</Button>
          <Button
            loading={add.isPending}
            type="primary"
            onClick={() =>
              found !== null &&
              picked.length > 0 &&
              add.tell({ file: found.file.token, certificates: [...picked] }, { onSuccess: close })
            }
          >
            {t('window.settings.trust.addVerb')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
