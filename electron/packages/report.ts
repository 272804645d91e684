export type { DocumentReport, SignerReport, VerificationReport } from '../../shared/model/verification-report.ts';
