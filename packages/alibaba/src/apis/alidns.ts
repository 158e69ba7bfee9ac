/**
 * Requests and answers of Alibaba Cloud DNS, as far as they are used, in the form of the official models: members are in
 * camelCase, and in PascalCase on the wire.
 * @see https://www.alibabacloud.com/help/en/dns/api-alidns-2015-01-09-overview
 * @see https://github.com/alibabacloud-go/alidns-20150109
 */

/** What a record says. */
export interface RecordValues {
  RR: string;
  type: string;
  value: string;
  TTL: number;
  line: string;
}

/** A record that is added to a zone. */
export interface AddDomainRecordRequest extends RecordValues {
  domainName: string;
}

/** What is set of a record that exists. */
export interface UpdateDomainRecordRequest extends RecordValues {
  recordId: string;
}

/** A record by its ID. */
export interface DomainRecordAnswer {
  recordId: string;
}

/** The records of a name, with its zone. */
export interface DescribeSubDomainRecordsRequest {
  /** `api.example.com`; of a zone itself `@.example.com`. */
  subDomain: string;
  domainName: string;
  pageNumber: number;
  pageSize: number;
}

/** A page of records. */
export interface DomainRecords {
  totalCount: number;
  domainRecords: {
    record: (AddDomainRecordRequest & {
      recordId: string;
      /** `ENABLE`, `DISABLE`. */
      status: string;
      /** Whether weights count for it. */
      lbaStatus: boolean;
      weight: number;
    })[];
  };
}

/** Weights on or off. */
export interface SetDnsSlbStatusRequest {
  subDomain: string;
  domainName: string;
  type: string;
  line: string;
  open: boolean;
}
