import { Button } from 'antd';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { DocumentRow } from '../../ui/document-row.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { useProposals } from './use-proposals.ts';
import './proposals-dialog.css';

/** Office cards travel in plain containers. */
const MAY_BE_CARD = /\.asice$/i;

/**
 * What another program handed over. Nothing of it is read before a person says so, and then it is only looked at: judged by what it says, or laid beside the
 * card on file as a card that waits to be compared.
 */
export function ProposalsDialog() {
  const { t } = useText();
  const navigate = useNavigate();
  const { files, drop, refuseAll } = useProposals();
  const card = useTell('directory:import');
  const back = useRef<HTMLButtonElement>(null);
  const verify = (file: ChosenFile): void => {
    drop(file.token);
    void navigate('/verify', { state: { file } });
  };
  const takeCard = ({ token }: ChosenFile): void => {
    drop(token);
    card.tell({ file: token }, { onSuccess: ({ office }) => void navigate(`/directory/${office.id}`) });
  };
  const leave = (): void => {
    refuseAll();
    card.forget();
  };
  return (
    <Dialog
      closable={false}
      destroyOnHidden
      first={back}
      open={files.length > 0 || card.failure !== null}
      title={t('window.proposals.title')}
      width={600}
      onCancel={leave}
    >
      <div className="proposals">
        <p>{t('window.proposals.body')}</p>
        <ul className="proposals-files">
          {files.map((file) => (
            <DocumentRow
              key={file.token}
              digest={null}
              extra={
                <span className="proposals-acts">
                  {MAY_BE_CARD.test(file.name) && (
                    <Button onClick={() => takeCard(file)}>{t('window.proposals.card')}</Button>
                  )}
                  <Button onClick={() => verify(file)}>{t('window.proposals.verify')}</Button>
                </span>
              }
              name={file.name}
              size={file.size as Bytes}
            />
          ))}
        </ul>
        {card.failure !== null && <FailureLine failure={card.failure} />}
        <div className="proposals-acts">
          <Button ref={back} onClick={leave}>
            {t('window.proposals.leave')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
