import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '../../text/use-text.ts';

interface Props {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

/** One task: what it is and why, then the work, then the ways on. Its title takes the focus, so that readers hear of it. */
export function StepBody({ title, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="first-run-body">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className="text2 first-run-lead">{lead}</p>
      {children}
    </div>
  );
}

interface FootProps {
  readonly onBack?: (() => void) | undefined;
  readonly next: string;
  readonly busy?: boolean;
  /** Absent: the button submits the form around it. */
  readonly onNext?: () => void;
  /** Between the two: a way round the step. */
  readonly other?: ReactNode;
}

export function StepFoot({ onBack, next, busy = false, onNext, other }: FootProps) {
  const { t } = useText();
  return (
    <div className="first-run-foot">
      {onBack === undefined ? <span /> : <Button onClick={onBack}>{t('window.firstRun.back')}</Button>}
      <div className="first-run-ways">
        {other}
        <Button
          htmlType={onNext === undefined ? 'submit' : 'button'}
          loading={busy}
          type="primary"
          {...(onNext === undefined ? {} : { onClick: onNext })}
        >
          {next}
        </Button>
      </div>
    </div>
  );
}
