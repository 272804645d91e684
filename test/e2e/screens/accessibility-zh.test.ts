import { testAccessibility } from './accessibility.ts';

testAccessibility('zh-CN');
