import { FileImageOutlined, FileOutlined, FilePdfOutlined, FileTextOutlined, FileZipOutlined } from '@ant-design/icons';
import './file-icon.css';

const KINDS = [
  [/\.(?:pdf|ofd)$/i, FilePdfOutlined],
  [/\.(?:jpe?g|png|tiff?|bmp|heic|webp)$/i, FileImageOutlined],
  [/\.(?:zip|asice?|p7[ms])$/i, FileZipOutlined],
  [/\.(?:txt|json|xml|csv|docx?|xlsx?|rtf|wps)$/i, FileTextOutlined],
] as const;

/** By the end of the name alone: what a file really is, its opening finds out. */
export function FileIcon({ name }: { readonly name: string }) {
  const Icon = KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? FileOutlined;
  return <Icon aria-hidden className="file-icon" />;
}
