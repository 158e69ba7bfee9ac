/** One condition of a list: `{ Name: 'vpc-id', Values: ['vpc-1'] }`; values are alternatives. */
export interface Filter {
  Name: string;
  Values: string[];
}

/** A tag, as EC2 answers it. */
export interface TagOutput {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The common input of EC2's lists. */
export interface PagedInput {
  Filters?: Filter[];
  MaxResults?: number;
  NextToken?: string;
}
