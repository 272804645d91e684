import { App } from 'antd';
import { useCallback } from 'react';

/** Confirms what is visible elsewhere; never for something that one must act on. */
export function useToast(): (text: string) => void {
  const { notification } = App.useApp();
  return useCallback((text) => notification.open({ title: text, role: 'status', closable: false }), [notification]);
}
