import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import type { Milliseconds } from '../../shared/model/brand.ts';
import { toRouteError } from './route-error.ts';

const TIMEOUT: Milliseconds = 20_000;

/** A socket to `host:port` through an HTTP proxy (RFC 9110 9.3.6, CONNECT). @throws AppError ROUTE_UNAVAILABLE, ROUTE_LOGIN_REFUSED */
export function connectThroughProxy(proxy: string, host: string, port: number): Promise<Socket> {
  const { protocol, hostname, port: proxyPort, username, password } = new URL(proxy);
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const start = protocol === 'https:' ? secureRequest : request;
  return new Promise((resolve, reject) => {
    const asked = start({
      host: hostname,
      port: proxyPort === '' ? (protocol === 'https:' ? 443 : 80) : Number(proxyPort),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...credentialsOf(username, password) },
      timeout: TIMEOUT,
      agent: false,
    });
    asked.on('timeout', () => asked.destroy(new AppError('ROUTE_UNAVAILABLE', { reason: 'proxy-timeout' })));
    asked.on('error', (error) => reject(toRouteError(error)));
    asked.on('response', () => reject(new AppError('ROUTE_UNAVAILABLE', { reason: 'proxy' })));
    asked.on('connect', ({ statusCode }, socket, head) => {
      if (statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        socket.setTimeout(0);
        resolve(socket as Socket);
        return;
      }
      socket.destroy();
      const code = statusCode === 407 ? 'ROUTE_LOGIN_REFUSED' : 'ROUTE_UNAVAILABLE';
      reject(new AppError(code, { reason: 'proxy' }));
    });
    asked.end();
  });
}

function credentialsOf(username: string, password: string): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
