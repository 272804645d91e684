import { describe } from 'vitest';
import { playOverServers } from './play-over-servers.ts';

describe('a process that is killed again and again while it exchanges', () => playOverServers(['webdav', 'mail']));
