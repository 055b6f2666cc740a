"""What is printed of a draft, in any form: built once, walked by every writer."""
