/** The remedy for the creation of an instance after the end of sales. */
export const CREATION_CLOSED_REMEDY =
  'Adopt an instance that exists (links.<name>.id), or move to Cloud-native API Gateway: sales ended on 2026-08-23, ' +
  'renewals end on 2027-03-21, and the service on 2027-09-21.';
