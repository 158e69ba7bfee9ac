import type { AwsCall } from '../../../operation/operation.js';
import type { OpenApiDocument } from '../../../rest-apis/control/open-api/document.js';
import type { ImportReport } from '../../../rest-apis/control/open-api/draft.js';
import type { ApiRow } from '../state.js';

/** An import in progress. The API is a copy: nothing of the real one changes before the import has succeeded. */
export interface Import {
  readonly call: AwsCall;
  readonly api: ApiRow;
  readonly document: OpenApiDocument;
  readonly report: ImportReport;
  /** Where a path of the document is in the API. */
  readonly below: (path: string) => string;
}
