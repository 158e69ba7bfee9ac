import type { AnyOperation } from '../../operation.js';
import { addTagsToCertificate } from './add-tags-to-certificate.js';
import { deleteCertificate } from './delete-certificate.js';
import { describeCertificate } from './describe-certificate.js';
import { getCertificate } from './get-certificate.js';
import { importCertificate } from './import-certificate.js';
import { listCertificates } from './list-certificates.js';
import { listTagsForCertificate } from './list-tags-for-certificate.js';
import { removeTagsFromCertificate } from './remove-tags-from-certificate.js';
import { requestCertificate } from './request-certificate.js';
import { updateCertificateOptions } from './update-certificate-options.js';

/** What is simulated of Certificate Manager. */
export const operations: readonly AnyOperation[] = [
  addTagsToCertificate,
  deleteCertificate,
  describeCertificate,
  getCertificate,
  importCertificate,
  listCertificates,
  listTagsForCertificate,
  removeTagsFromCertificate,
  requestCertificate,
  updateCertificateOptions,
];
