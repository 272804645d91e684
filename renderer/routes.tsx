import { Button } from 'antd';
import { createHashRouter, useLocation, useNavigate } from 'react-router';
import { Audit } from './features/audit/audit.tsx';
import { ChooseType } from './features/compose/choose-type.tsx';
import { Compose } from './features/compose/compose.tsx';
import { Directory } from './features/directory/directory.tsx';
import { OfficeFrame } from './features/frame/office-frame.tsx';
import { Home } from './features/home/home.tsx';
import { Inbox } from './features/inbox/inbox.tsx';
import { Matter } from './features/matter/matter.tsx';
import { Matters } from './features/matters/matters.tsx';
import { Settings } from './features/settings/settings.tsx';
import { SignatureFolder } from './features/signature-folder/signature-folder.tsx';
import { BundleVerdict } from './features/verify/bundle-verdict.tsx';
import { Verify } from './features/verify/verify.tsx';
import { useText } from './text/use-text.ts';
import { Empty } from './ui/empty.tsx';
import { ErrorSheet } from './ui/error-sheet.tsx';

/** Every screen behind the lock. The address lives in the hash: under app:// there is one page. */
export function createRoutes() {
  return createHashRouter([
    {
      path: '/',
      Component: OfficeFrame,
      children: [
        {
          ErrorBoundary: ScreenFailed,
          children: [
            { index: true, Component: Home },
            { path: 'matters', Component: Matters },
            { path: 'matters/:matter', Component: Matter },
            { path: 'new', Component: ChooseType },
            { path: 'drafts/:draft', Component: Compose },
            { path: 'inbox/:m?', Component: Inbox },
            { path: 'signature-folder', Component: SignatureFolder },
            { path: 'verify/:id?', Component: Verify },
            { path: 'verify/message/:m', Component: Verify },
            { path: 'verify/bundle/:id', Component: BundleVerdict },
            { path: 'directory/:office?', Component: Directory },
            { path: 'audit', Component: Audit },
            { path: 'settings/:section?', Component: Settings },
            { path: '*', Component: NoSuchPage },
          ],
        },
      ],
    },
  ]);
}

/** A screen that broke takes no other along: the frame stays, what is stored holds, and there is a way on. */
function ScreenFailed() {
  const { t } = useText();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  return (
    <div className="page">
      <h1 className="unseen">{t('window.title')}</h1>
      <ErrorSheet
        act={
          <Button size="small" onClick={() => void navigate('/')}>
            {t('window.frame.home')}
          </Button>
        }
        failure={{ code: 'INTERNAL', params: {} }}
        onRetry={() => void navigate(`${pathname}${search}`)}
      />
    </div>
  );
}

function NoSuchPage() {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <>
      <h1 className="unseen">{t('window.title')}</h1>
      <Empty act={<Button onClick={() => void navigate('/')}>{t('window.frame.home')}</Button>}>
        {t('window.noSuchPage')}
      </Empty>
    </>
  );
}
