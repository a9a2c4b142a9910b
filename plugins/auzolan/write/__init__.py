"""Files come in; an output folder, or one zip file, that holds just them goes out, beside what is not ours."""
