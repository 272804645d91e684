export type { Check, Indication, SubIndication } from '../../shared/model/verdict.ts';
