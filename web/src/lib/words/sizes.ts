/** The size of a file: "120KB", "1.4MB". */
export function fileSize(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1000))
  return kilobytes < 1000 ? `${kilobytes}KB` : `${(bytes / 1_000_000).toFixed(1)}MB`
}
