// The files that a person chose.

/**
 * Copies of the files, so that one written over on the disk meanwhile can be sent again.
 * @param {FileList} files
 * @returns {Promise<File[]>}
 */
export function chosen(files) {
  return Promise.all(
    Array.from(files, async (file) => new File([await file.arrayBuffer()], file.name, { type: file.type })),
  );
}

/**
 * Why the files are too large together; blank where they are not.
 * @param {File[]} files
 * @param {number} most
 */
export function tooLarge(files, most) {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  if (total <= most) return "";
  const megabytes = (/** @type {number} */ size) => `${Math.ceil(size / 1048576)} MB`;
  const which = files.length === 1 ? "The file has" : "The files have";
  return (
    `${which} ${megabytes(total)}. At most ${megabytes(most)} can be sent at once. ` +
    "The command hornbook check takes files of any size."
  );
}
