import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactElement, useState } from 'react';
import type { RouteView } from '../../../shared/ipc/channels/route.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { parseChannelConfig } from '../../../shared/model/channel-config.ts';
import type { Json } from '../../../shared/model/i-json.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { ROUTE_FIELDS, type RouteField } from './route-fields.ts';

interface Props {
  readonly id: string | null;
  readonly kind: RouteView['kind'];
  readonly config: RouteView['config'];
  /** Reached by it from now on. */
  readonly office?: OfficeId;
  readonly onClose: () => void;
}

type Tree = { [name: string]: unknown };

/** A route made or changed. A secret that is set shows as a dot, and stays as it is while nobody types another. */
export function RouteDialog({ id, kind, config, office, onClose }: Props) {
  const { t } = useText();
  const save = useTell('route:save');
  const [wrong, setWrong] = useState(false);
  const send = (route: RequestOf<'route:save'>['route']): void =>
    save.tell(
      { id: id ?? `${kind}-${crypto.randomUUID().slice(0, 8)}`, route, offices: office === undefined ? [] : [office] },
      { onSuccess: onClose },
    );
  const submit = (typed: Tree): void => {
    const parsed = kind === 'folder' ? null : parseChannelConfig(kind, withoutEmpty(typed));
    setWrong(parsed === null);
    if (parsed !== null) send(parsed as RequestOf<'route:save'>['route']);
  };
  return (
    <Dialog destroyOnHidden title={t(`window.route.kind.${kind}`)} width={560} onCancel={onClose}>
      {kind === 'folder' ? (
        <FolderForm busy={save.isPending} onClose={onClose} onSave={(folder) => send({ kind, folder })} />
      ) : (
        <Form
          initialValues={{ ...initialOf(kind), ...config }}
          layout="vertical"
          requiredMark={false}
          scrollToFirstError={{ focus: true }}
          onFinish={submit}
        >
          {ROUTE_FIELDS[kind].map((field) => (
            <Field key={field.path} field={field} />
          ))}
          {wrong && <p className="tone-failed meta">{t('window.settings.routes.wrong')}</p>}
          <Foot busy={save.isPending} onClose={onClose} />
        </Form>
      )}
      {save.failure !== null && <FailureLine failure={save.failure} />}
    </Dialog>
  );
}

function FolderForm(props: {
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onSave: (token: string) => void;
}) {
  const { t } = useText();
  const choose = useTell('file:choose-folder');
  const [folder, setFolder] = useState<{ readonly token: string; readonly name: string } | null>(null);
  return (
    <Form layout="vertical" requiredMark={false} onFinish={() => folder !== null && props.onSave(folder.token)}>
      <Form.Item htmlFor="route-folder" label={t('window.firstRun.route.folder')}>
        <Button
          id="route-folder"
          onClick={() =>
            choose.tell({ purpose: 'route' }, { onSuccess: (answer) => answer.folder && setFolder(answer.folder) })
          }
        >
          {folder === null ? t('window.firstRun.route.choose') : folder.name}
        </Button>
      </Form.Item>
      <Foot busy={props.busy} onClose={props.onClose} />
    </Form>
  );
}

function Field({ field: { path, kind, optional } }: { readonly field: RouteField }) {
  const { t } = useText();
  const last = path.split('.').at(-1) ?? path;
  const side = path.includes('.') ? `${path.split('.')[0]?.toUpperCase()} ` : '';
  const label = `${side}${t(`window.route.field.${last}` as 'window.route.field.host')}`;
  return (
    <Form.Item
      label={optional ? `${label}${t('window.slot.optional')}` : label}
      name={path.split('.')}
      rules={optional ? [] : [{ required: true, message: t('window.settings.routes.missing') }]}
      {...(kind === 'switch' ? { valuePropName: 'checked' } : {})}
    >
      {control(kind)}
    </Form.Item>
  );
}

function control(kind: RouteField['kind']): ReactElement {
  switch (kind) {
    case 'secret':
      return <PassphraseInput />;
    case 'number':
      return <InputNumber controls={false} max={65_535} min={1} />;
    case 'lines':
      return <Input.TextArea className="growing mono" rows={2} spellCheck={false} />;
    case 'switch':
      return <Switch />;
    case 'security':
      return <Select options={['tls', 'starttls'].map((value) => ({ value, label: value.toUpperCase() }))} />;
    case 'text':
      return <Input spellCheck={false} />;
  }
}

function Foot({ busy, onClose }: { readonly busy: boolean; readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <div className="confirm-acts">
      <Button onClick={onClose}>{t('window.confirm.back')}</Button>
      <Button htmlType="submit" loading={busy} type="primary">
        {t('window.settings.routes.save')}
      </Button>
    </div>
  );
}

function initialOf(kind: Exclude<RouteView['kind'], 'folder'>): Tree {
  const tree: Tree = {};
  for (const { path, initial } of ROUTE_FIELDS[kind]) {
    if (initial === undefined) continue;
    const [first = '', second] = path.split('.');
    if (second === undefined) tree[first] = initial;
    else tree[first] = { ...(tree[first] as Tree | undefined), [second]: initial };
  }
  return tree;
}

/** Fields that were left empty are absent, not empty. */
function withoutEmpty(tree: Tree): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(tree)
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([name, value]) => [name, typeof value === 'object' ? withoutEmpty(value as Tree) : (value as Json)]),
  );
}
