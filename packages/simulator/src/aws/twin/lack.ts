/** Reports what the twin lacks, as a sentence without a full stop. */
export type Lack = (text: string) => void;
